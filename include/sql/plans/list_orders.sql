-- name: plans/list_orders :many
-- The paid orders of a run that are not placed yet.
-- column  agency       text
-- column  customer_id  text
-- column  cost         numeric
-- column  currency     text
-- column  purpose      text
-- column  budget       text
-- param  client_id  text
-- param  run_id     text
-- index  effect_run
SELECT
    target AS agency,
    customer_id,
    cost,
    currency,
    purpose,
    budget
FROM effect
WHERE
    client_id = %(client_id)s AND run_id = %(run_id)s AND kind = 'credit_order'
    AND state IN ('held', 'ready')
ORDER BY target, customer_id;
