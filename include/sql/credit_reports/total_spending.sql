-- name: credit_reports/total_spending :one
-- What the credit orders of a run and of a time come to, those not yet placed among them. Of a run
-- are those, too, that become part of its plan (take_over_held): what a run may spend is not saved
-- up while nobody lets it go.
-- column  run         numeric
-- column  month       numeric
-- column  run_orders  bigint
-- param  client_id  text
-- param  run_id     text
-- param  currency   text
-- param  since      timestamptz
-- index  effect_credit_spent, effect_run, effect_unsettled
WITH run_order AS (
    SELECT
        cost,
        currency
    FROM effect
    WHERE
        client_id = %(client_id)s
        AND kind = 'credit_order'
        AND state <> 'cancelled'
        AND (
            run_id = %(run_id)s
            OR (state = 'held' AND (held_for IS NULL OR held_for IN ('approval', 'shadow')))
        )
)

SELECT
    coalesce((SELECT sum(cost) FROM run_order WHERE currency = %(currency)s), 0) AS run,
    coalesce((
        SELECT sum(cost)
        FROM effect
        WHERE
            client_id = %(client_id)s
            AND kind = 'credit_order'
            AND state <> 'cancelled'
            AND currency = %(currency)s
            AND (settled_at IS NULL OR settled_at >= %(since)s)
    ), 0) AS month,
    (SELECT count(*) FROM run_order) AS run_orders;
