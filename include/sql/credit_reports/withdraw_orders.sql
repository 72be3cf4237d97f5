-- name: credit_reports/withdraw_orders :many
-- Withdraws the orders at agencies other than the client's that were surely never placed, so that
-- they may be planned as if for the first time; one that anybody doubts no run plans again.
-- column  effect_id    uuid
-- column  target       text
-- column  customer_id  text
-- param  client_id  text
-- param  agency     text         null: the client has none
-- param  why        text
-- param  now        timestamptz
-- index  effect_due, effect_unsettled
UPDATE effect
SET
    state = 'cancelled',
    problem = %(why)s,
    settled_at = %(now)s,
    attempt_count = CASE
        WHEN EXISTS (
            SELECT 1
            FROM effect_attempt AS attempt
            WHERE
                attempt.client_id = effect.client_id
                AND attempt.effect_id = effect.effect_id
                AND attempt.outcome IN ('unknown', 'lost')
        ) THEN attempt_count
        ELSE 0
    END
WHERE
    client_id = %(client_id)s
    AND kind = 'credit_order'
    AND state IN ('held', 'ready')
    AND target IS DISTINCT FROM %(agency)s
RETURNING effect_id, target, customer_id;
