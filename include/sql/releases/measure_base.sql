-- name: releases/measure_base :one
-- How many customers the client has, and in which currency a run's orders are.
-- column  customers  bigint
-- column  currency   text    empty when it orders nothing
-- param  client_id  text
-- param  run_id     text
-- index  customer_pkey, effect_run
SELECT
    (
        SELECT count(*) FROM customer
        WHERE client_id = %(client_id)s AND redirect_to IS NULL
    ) AS customers,
    coalesce((
        SELECT min(currency) FROM effect
        WHERE client_id = %(client_id)s AND run_id = %(run_id)s AND kind = 'credit_order'
    ), '') AS currency;
