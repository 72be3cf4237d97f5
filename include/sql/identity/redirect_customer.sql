-- name: identity/redirect_customer :exec
-- Lets a customer stand for another one, or for itself again; the change feed must say so too.
-- param  client_id    text
-- param  customer_id  text
-- param  to_id        text  null: for itself
-- index  customer_pkey
UPDATE customer
SET redirect_to = %(to_id)s
WHERE client_id = %(client_id)s AND customer_id = %(customer_id)s;
