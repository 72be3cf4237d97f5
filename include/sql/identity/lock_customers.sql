-- name: identity/lock_customers :many
-- Customers as they stand, held until the transaction ends: nobody links to them meanwhile.
-- column  customer_id   text
-- column  live_id       text
-- column  created_at    timestamptz
-- column  record_count  bigint
-- param  client_id     text
-- param  customer_ids  text[]
-- index  customer_pkey, link_customer
WITH held AS MATERIALIZED (
    SELECT
        customer.customer_id,
        customer.created_at
    FROM customer
    WHERE customer.client_id = %(client_id)s AND customer.customer_id = ANY(%(customer_ids)s)
    ORDER BY customer.customer_id
    FOR UPDATE
)

SELECT
    held.customer_id,
    live_customer(%(client_id)s, held.customer_id) AS live_id,
    held.created_at,
    (
        SELECT count(*)
        FROM link
        WHERE
            link.client_id = %(client_id)s
            AND link.customer_id = held.customer_id
            AND link.ended_at IS NULL
    ) AS record_count
FROM held
ORDER BY held.customer_id;
