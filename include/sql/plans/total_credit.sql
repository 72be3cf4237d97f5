-- name: plans/total_credit :one
-- The paid orders of a run that are not placed yet.
-- column  orders    bigint
-- column  cost      numeric
-- column  currency  text
-- column  held      bigint
-- param  client_id  text
-- param  run_id     text
-- index  effect_run
SELECT
    count(*) AS orders,
    coalesce(sum(cost), 0) AS cost,
    coalesce(max(currency), '') AS currency,
    count(*) FILTER (WHERE state = 'held') AS held
FROM effect
WHERE
    client_id = %(client_id)s AND run_id = %(run_id)s AND kind = 'credit_order'
    AND state IN ('held', 'ready');
