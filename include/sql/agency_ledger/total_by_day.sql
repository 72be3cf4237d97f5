-- name: agency_ledger/total_by_day :many
-- What the orders that were placed came to, by the day of their first try.
-- column  day     date
-- column  agency  text
-- column  orders  bigint
-- column  spent   numeric  in the budget's currency, orders of unknown outcome included
-- param  client_id  text
-- param  currency   text
-- param  since      timestamptz
-- param  zone       text  whose days
-- index  effect_credit, effect_attempt_pkey
SELECT
    (tried.started_at AT TIME ZONE %(zone)s)::date AS day,
    effect.target AS agency,
    count(*) AS orders,
    sum(effect.cost) AS spent
FROM effect
INNER JOIN LATERAL (
    SELECT min(attempt.started_at) AS started_at
    FROM effect_attempt AS attempt
    WHERE attempt.client_id = effect.client_id AND attempt.effect_id = effect.effect_id
) AS tried ON TRUE
WHERE
    effect.client_id = %(client_id)s
    AND effect.kind = 'credit_order'
    AND effect.attempt_count > 0
    AND effect.currency = %(currency)s
    AND tried.started_at >= %(since)s
    AND (effect.state IN ('done', 'unknown', 'inflight') OR effect.outcome ? 'charge')
GROUP BY 1, 2
ORDER BY 1, 2;
