-- name: credit_reports/count_orders :one
-- How many credit orders were planned since a moment and were not withdrawn.
-- column  count  bigint
-- param  client_id  text
-- param  since      timestamptz
-- index  effect_credit
SELECT count(*)
FROM effect
WHERE
    client_id = %(client_id)s
    AND kind = 'credit_order'
    AND state <> 'cancelled'
    AND planned_at >= %(since)s;
