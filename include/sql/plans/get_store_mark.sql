-- name: plans/get_store_mark :one
-- What tells this client in this store from any other, a copy of the store apart.
-- column  mark  text
-- param  client_id  text
-- index  client_pkey
SELECT
    left(
        encode(sha256(convert_to(client_id || extract(EPOCH FROM registered_at), 'UTF8')), 'hex'),
        16
    ) AS mark
FROM client
WHERE client_id = %(client_id)s;
