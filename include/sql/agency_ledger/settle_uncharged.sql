-- name: agency_ledger/settle_uncharged :many
-- Makes orders due again that the agency's ledger surely lacks: they were never placed.
-- column  effect_id  uuid
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  now         timestamptz
-- index  effect_pkey
UPDATE effect
SET state = 'ready', not_before = %(now)s, problem = 'the agency never charged it'
WHERE
    client_id = %(client_id)s
    AND effect_id = ANY(%(effect_ids)s)
    AND kind = 'credit_order'
    AND state = 'unknown'
RETURNING effect_id;
