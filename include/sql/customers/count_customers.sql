-- name: customers/count_customers :one
-- How many customers the client has.
-- column  count  bigint
-- param  client_id  text
-- index  customer_pkey
SELECT count(*) FROM customer WHERE client_id = %(client_id)s AND redirect_to IS NULL;
