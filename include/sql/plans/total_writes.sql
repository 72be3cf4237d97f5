-- name: plans/total_writes :many
-- The writes of a run that are not delivered yet, by system.
-- column  target     text
-- column  creates    bigint
-- column  updates    bigint
-- column  fields     bigint  written
-- column  clears     bigint  of which are emptied
-- column  customers  bigint
-- column  held       bigint
-- param  client_id  text
-- param  run_id     text
-- index  effect_run
SELECT
    effect.target,
    count(*) FILTER (WHERE effect.record_id IS NULL) AS creates,
    count(*) FILTER (WHERE effect.record_id IS NOT NULL) AS updates,
    sum(written.total)::bigint AS fields,
    sum(written.clears)::bigint AS clears,
    count(DISTINCT effect.customer_id) AS customers,
    count(*) FILTER (WHERE effect.state = 'held') AS held
FROM effect
CROSS JOIN LATERAL (
    SELECT
        count(*) AS total,
        count(*) FILTER (WHERE change.value = 'null') AS clears
    FROM jsonb_each(effect.after) AS change
) AS written
WHERE
    effect.client_id = %(client_id)s AND effect.run_id = %(run_id)s AND effect.kind = 'push'
    AND effect.state IN ('held', 'ready')
GROUP BY effect.target
ORDER BY effect.target;
