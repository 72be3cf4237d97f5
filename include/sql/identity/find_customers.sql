-- name: identity/find_customers :many
-- Customers as they stand.
-- column  customer_id   text
-- column  live_id       text
-- column  created_at    timestamptz
-- column  record_count  bigint
-- param  client_id     text
-- param  customer_ids  text[]
-- index  customer_pkey, link_customer
SELECT
    customer.customer_id,
    live_customer(customer.client_id, customer.customer_id) AS live_id,
    customer.created_at,
    (
        SELECT count(*)
        FROM link
        WHERE
            link.client_id = customer.client_id
            AND link.customer_id = customer.customer_id
            AND link.ended_at IS NULL
    ) AS record_count
FROM customer
WHERE customer.client_id = %(client_id)s AND customer.customer_id = ANY(%(customer_ids)s)
ORDER BY customer.customer_id;
