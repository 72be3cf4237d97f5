-- name: credit_reports/list_used_keys :many
-- Which of these keys have an order that stands or was tried: none is planned with them again.
-- column  idempotency_key  text
-- param  client_id  text
-- param  keys       text[]
-- index  effect_client_id_idempotency_key_key
SELECT idempotency_key
FROM effect
WHERE
    client_id = %(client_id)s
    AND idempotency_key = ANY(%(keys)s)
    AND (state <> 'cancelled' OR attempt_count > 0)
ORDER BY idempotency_key;
