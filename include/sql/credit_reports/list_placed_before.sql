-- name: credit_reports/list_placed_before :many
-- What was spent before orders that are about to be placed, in the run of each and in a time: on
-- those that were placed or may have been.
-- column  effect_id  uuid
-- column  run        numeric
-- column  month      numeric
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  currency    text
-- param  since       timestamptz
-- index  effect_pkey, effect_credit_spent, effect_unsettled
WITH placed AS (
    SELECT
        run_id,
        cost
    FROM effect
    WHERE
        client_id = %(client_id)s
        AND kind = 'credit_order'
        AND state IN ('inflight', 'unknown', 'done', 'failed')
        AND currency = %(currency)s
        AND (settled_at IS NULL OR settled_at >= %(since)s)
        AND effect_id <> ALL(%(effect_ids)s)
)

SELECT
    asked.effect_id,
    coalesce(sum(placed.cost) FILTER (WHERE placed.run_id = asked.run_id), 0) AS run,
    coalesce(sum(placed.cost), 0) AS month
FROM effect AS asked
LEFT JOIN placed ON TRUE
WHERE asked.client_id = %(client_id)s AND asked.effect_id = ANY(%(effect_ids)s)
GROUP BY asked.effect_id
ORDER BY asked.effect_id;
