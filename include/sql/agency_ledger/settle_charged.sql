-- name: agency_ledger/settle_charged :exec
-- Settles an order that the agency charged, and whose report never came.
-- param  client_id  text
-- param  effect_id  uuid
-- param  charge_id  text
-- param  now        timestamptz
-- index  effect_pkey
UPDATE effect
SET
    state = 'failed',
    settled_at = %(now)s,
    problem = 'charged, and its report never came',
    outcome = coalesce(outcome, '{}') || jsonb_build_object('charge', %(charge_id)s::text)
WHERE
    client_id = %(client_id)s
    AND effect_id = %(effect_id)s
    AND kind = 'credit_order'
    AND state = 'unknown';
