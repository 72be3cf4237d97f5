-- name: credit_reports/withdraw_orders :many
-- Withdraws the orders at agencies other than the client's that wait to be placed, so that they may
-- be planned as if for the first time. One of unknown outcome is left: a word on that is awaited.
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
    attempt_count = 0
WHERE
    client_id = %(client_id)s
    AND kind = 'credit_order'
    AND state IN ('held', 'ready')
    AND target IS DISTINCT FROM %(agency)s
RETURNING effect_id, target, customer_id;
