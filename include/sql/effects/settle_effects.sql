-- name: effects/settle_effects :many
-- Records what came of claimed effects, where the fence is still the claimant's.
-- column  effect_id  uuid
-- param  client_id  text
-- param  rows       jsonb
-- param  now        timestamptz
-- index  effect_pkey
WITH settled AS (
    UPDATE effect
    SET
        state = row.state,
        lease_until = NULL,
        attempt_count = effect.attempt_count - 1 + row.attempts,
        not_before = coalesce(row.again_at, effect.not_before),
        problem = nullif(row.problem, ''),
        outcome = row.outcome,
        settled_at = CASE WHEN row.state IN ('done', 'failed', 'cancelled') THEN %(now)s END
    FROM jsonb_to_recordset(%(rows)s) AS row (
        effect_id uuid, fence bigint, state text, attempt text, attempts integer, problem text,
        again_at timestamptz, outcome jsonb
    )
    WHERE
        effect.client_id = %(client_id)s
        AND effect.effect_id = row.effect_id
        AND effect.fence = row.fence
        AND effect.state = 'inflight'
    RETURNING effect.effect_id, effect.fence, row.attempt, row.problem
),

ended AS (
    UPDATE effect_attempt AS attempt
    SET ended_at = %(now)s, outcome = settled.attempt, problem = nullif(settled.problem, '')
    FROM settled
    WHERE
        attempt.client_id = %(client_id)s
        AND attempt.effect_id = settled.effect_id
        AND attempt.fence = settled.fence
)

SELECT effect_id FROM settled;
