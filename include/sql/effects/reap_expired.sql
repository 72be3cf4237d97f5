-- name: effects/reap_expired :many
-- Takes effects from workers whose lease ran out; their attempt is noted as lost. A lease that
-- lasts longer than any is from before the clock went back.
-- column  effect_id  uuid
-- param  client_id  text
-- param  kind       text
-- param  target     text
-- param  state      text
-- param  longest    timestamptz
-- param  again_at   timestamptz
-- param  now        timestamptz
-- index  effect_unsettled
WITH reaped AS (
    UPDATE effect
    SET
        state = %(state)s,
        lease_until = NULL,
        not_before = %(again_at)s,
        problem = 'its worker was lost while it was at work'
    WHERE
        client_id = %(client_id)s
        AND state = 'inflight'
        AND kind = %(kind)s
        AND target = %(target)s
        AND (lease_until <= %(now)s OR lease_until > %(longest)s)
    RETURNING client_id, effect_id, fence
),

ended AS (
    UPDATE effect_attempt AS attempt
    SET ended_at = %(now)s, outcome = 'lost'
    FROM reaped
    WHERE
        attempt.client_id = reaped.client_id
        AND attempt.effect_id = reaped.effect_id
        AND attempt.fence = reaped.fence
)

SELECT effect_id FROM reaped;
