-- name: customers/list_pins :many
-- The pins in force, oldest first.
-- column  customer_id  text
-- column  decision_id  bigint
-- column  field        text
-- column  value        text
-- column  decided_at   timestamptz
-- param  client_id     text
-- param  customer_ids  text[]
-- param  now           timestamptz
-- index  decision_customer
SELECT
    customer_id,
    decision_id,
    field,
    value,
    decided_at
FROM decision
WHERE
    client_id = %(client_id)s
    AND kind = 'pin'
    AND customer_id = ANY(%(customer_ids)s)
    AND (expires_at IS NULL OR expires_at > %(now)s)
ORDER BY decision_id;
