-- name: identity/list_within :many
-- A customer and all that were merged into it.
-- column  customer_id  text
-- param  client_id    text
-- param  customer_id  text
-- index  customer_redirect
SELECT within.customer_id
FROM customers_within(%(client_id)s, ARRAY[%(customer_id)s]) AS within
ORDER BY within.customer_id;
