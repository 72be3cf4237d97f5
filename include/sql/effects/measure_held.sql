-- name: effects/measure_held :one
-- How much of a run's plan is held, and how many customers the client has.
-- column  updates            bigint
-- column  creates            bigint
-- column  mails              bigint
-- column  updated_customers  bigint  however many of its records are updated
-- column  customers          bigint
-- param  client_id  text
-- param  run_id     text
-- index  effect_run
SELECT
    count(*) FILTER (WHERE kind = 'push' AND record_id IS NOT NULL) AS updates,
    count(*) FILTER (WHERE kind = 'push' AND record_id IS NULL) AS creates,
    count(*) FILTER (WHERE kind = 'email') AS mails,
    count(DISTINCT customer_id) FILTER (
        WHERE kind = 'push' AND record_id IS NOT NULL
    ) AS updated_customers,
    (
        SELECT count(*) FROM customer
        WHERE customer.client_id = %(client_id)s AND customer.redirect_to IS NULL
    ) AS customers
FROM effect
WHERE client_id = %(client_id)s AND run_id = %(run_id)s AND state = 'held';
