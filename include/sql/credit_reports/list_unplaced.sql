-- name: credit_reports/list_unplaced :many
-- The orders for these customers that are planned and were never tried.
-- column  customer_id  text
-- column  effect_id    uuid
-- param  client_id     text
-- param  customer_ids  text[]
-- index  effect_customer
SELECT
    customer_id,
    effect_id
FROM effect
WHERE
    client_id = %(client_id)s
    AND customer_id = ANY(%(customer_ids)s)
    AND kind = 'credit_order'
    AND state IN ('held', 'ready')
    AND attempt_count = 0
ORDER BY customer_id, effect_id;
