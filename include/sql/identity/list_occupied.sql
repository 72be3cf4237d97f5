-- name: identity/list_occupied :many
-- Of these ids, those that stand for somebody: they redirect, or have a record of their own.
-- column  customer_id  text
-- param  client_id     text
-- param  customer_ids  text[]
-- index  customer_pkey, link_customer
SELECT customer.customer_id
FROM customer
WHERE
    customer.client_id = %(client_id)s
    AND customer.customer_id = ANY(%(customer_ids)s)
    AND (
        customer.redirect_to IS NOT NULL
        OR EXISTS (
            SELECT 1
            FROM link
            WHERE
                link.client_id = customer.client_id
                AND link.customer_id = customer.customer_id
                AND link.ended_at IS NULL
        )
    )
ORDER BY customer.customer_id;
