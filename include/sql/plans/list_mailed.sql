-- name: plans/list_mailed :many
-- The customers to whom a run writes mails that have not left.
-- column  customer_id  text
-- param  client_id  text
-- param  run_id     text
-- index  effect_run
SELECT customer_id
FROM effect
WHERE
    client_id = %(client_id)s AND run_id = %(run_id)s AND kind = 'email'
    AND state IN ('held', 'ready')
ORDER BY customer_id;
