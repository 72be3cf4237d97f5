-- name: effects/settle_effects :many
-- Records what came of claimed effects, where the fence is still the claimant's; what is done is
-- noted in the disclosure ledger: which fields went to whom. A creation learns which record it
-- made (register_created has given that its row).
-- column  effect_id  uuid
-- param  client_id  text
-- param  rows       jsonb
-- param  now        timestamptz
-- index  effect_pkey, source_record_client_id_system_source_key_key
WITH settled AS (
    UPDATE effect
    SET
        state = row.state,
        lease_until = NULL,
        attempt_count = effect.attempt_count - 1 + row.attempts,
        not_before = coalesce(row.again_at, effect.not_before),
        problem = nullif(row.problem, ''),
        outcome = row.outcome,
        record_id = CASE
            WHEN effect.kind = 'push' AND effect.record_id IS NULL AND row.state = 'done'
                THEN (
                    SELECT record.record_id
                    FROM source_record AS record
                    WHERE
                        record.client_id = effect.client_id
                        AND record.system = effect.target
                        AND record.source_key = row.outcome ->> 'key'
                )
            ELSE effect.record_id
        END,
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
    RETURNING effect.*, row.attempt, row.problem AS told
),

disclosed AS (
    INSERT INTO disclosure (
        client_id, effect_id, customer_id, recipient, fields, authority, disclosed_at
    )
    SELECT
        client_id,
        effect_id,
        customer_id,
        target,
        ARRAY(SELECT jsonb_object_keys(after) ORDER BY 1),
        coalesce(authority, 'client instruction: ' || kind),
        %(now)s
    FROM settled
    WHERE state = 'done'
    ON CONFLICT (client_id, effect_id) DO NOTHING
),

ended AS (
    UPDATE effect_attempt AS attempt
    SET ended_at = %(now)s, outcome = settled.attempt, problem = nullif(settled.told, '')
    FROM settled
    WHERE
        attempt.client_id = %(client_id)s
        AND attempt.effect_id = settled.effect_id
        AND attempt.fence = settled.fence
)

SELECT effect_id FROM settled;
