-- name: releases/measure_plan :many
-- How much a run's plan has of each measure, by target and of all targets together. Orders that a
-- run has placed already are part of what it spends; what a person holds is no part of the plan.
-- column  measure    text
-- column  target     text     empty: everywhere
-- column  count      bigint
-- column  customers  bigint   each of them once
-- column  cost       numeric
-- param  client_id  text
-- param  run_id     text
-- index  effect_run, identity_change_pkey
WITH planned AS (
    SELECT
        kind,
        target,
        customer_id,
        cost,
        body,
        after
    FROM effect
    WHERE
        client_id = %(client_id)s
        AND run_id = %(run_id)s
        AND (
            (state = 'held' AND held_for IS DISTINCT FROM 'person')
            OR (kind = 'credit_order' AND state NOT IN ('held', 'failed', 'cancelled'))
        )
),

this AS (
    SELECT
        run.planned_at,
        (
            SELECT max(earlier.planned_at)
            FROM run AS earlier
            WHERE
                earlier.client_id = run.client_id
                AND earlier.run_id <> run.run_id
                AND earlier.opened_at <= run.opened_at
        ) AS since
    FROM run
    WHERE run.client_id = %(client_id)s AND run.run_id = %(run_id)s
),

measured AS (
    SELECT
        CASE
            WHEN kind = 'email' THEN 'mails'
            WHEN kind = 'credit_order' THEN 'orders'
            WHEN body ->> 'key' IS NULL THEN 'creates'
            ELSE 'updates'
        END AS measure,
        target,
        customer_id,
        cost
    FROM planned
    UNION ALL
    SELECT
        'clears',
        target,
        customer_id,
        0
    FROM planned
    WHERE
        kind = 'push'
        AND EXISTS (
            SELECT 1 FROM jsonb_each(planned.after) AS change
            WHERE change.value IN ('null', '""')
        )
    UNION ALL
    SELECT
        'merges',
        NULL,
        change.from_customer_id,
        0
    FROM this
    INNER JOIN identity_change AS change ON change.client_id = %(client_id)s
    WHERE
        change.kind = 'merged'
        AND (this.since IS NULL OR change.changed_at > this.since)
        AND (this.planned_at IS NULL OR change.changed_at <= this.planned_at)
        AND NOT EXISTS (
            SELECT 1 FROM identity_change AS undo
            WHERE undo.client_id = change.client_id AND undo.undoes = change.change_id
        )
)

SELECT
    measure,
    coalesce(target, '') AS target,
    count(*) AS count,
    count(DISTINCT customer_id) AS customers,
    coalesce(sum(cost), 0) AS cost
FROM measured
GROUP BY GROUPING SETS ((measure, target), (measure))
HAVING grouping(target) = 1 OR target IS NOT NULL
ORDER BY measure, target;
