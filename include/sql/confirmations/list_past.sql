-- name: confirmations/list_past :many
-- The newest question to each of these customers.
-- column  customer_id  text
-- column  created_at   timestamptz
-- column  is_open      boolean
-- param  client_id     text
-- param  customer_ids  text[]
-- param  now           timestamptz
-- index  confirmation_request_customer
SELECT DISTINCT ON (customer_id)
    customer_id,
    created_at,
    state = 'planned' AND expires_at > %(now)s AS is_open
FROM confirmation_request
WHERE client_id = %(client_id)s AND customer_id = ANY(%(customer_ids)s)
ORDER BY customer_id, created_at DESC;
