-- name: customers/list_live :many
-- The customers who have a golden record and were not merged into others.
-- column  customer_id  text
-- param  client_id  text
-- param  first_id   text  the range's ends, both included; null is all
-- param  last_id    text
-- index  customer_pkey, golden_version_pkey
SELECT customer.customer_id
FROM customer
WHERE
    customer.client_id = %(client_id)s
    AND customer.redirect_to IS NULL
    AND (
        %(first_id)s IS NULL
        OR customer.customer_id BETWEEN %(first_id)s AND %(last_id)s
    )
    AND EXISTS (
        SELECT 1
        FROM golden_version AS golden
        WHERE
            golden.client_id = customer.client_id
            AND golden.customer_id = customer.customer_id
    )
ORDER BY customer.customer_id;
