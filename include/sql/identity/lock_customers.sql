-- name: identity/lock_customers :exec
-- Holds customers until the transaction ends: nobody links to them meanwhile. What is read of them
-- is to be read by another statement, which sees what was committed while this one waited.
-- param  client_id     text
-- param  customer_ids  text[]
-- index  customer_pkey
SELECT customer.customer_id
FROM customer
WHERE customer.client_id = %(client_id)s AND customer.customer_id = ANY(%(customer_ids)s)
ORDER BY customer.customer_id
FOR UPDATE;
