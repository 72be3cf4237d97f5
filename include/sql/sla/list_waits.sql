-- name: sla/list_waits :many
-- When the versions of cases waited or were set aside until they were formed, and for what. Who
-- waits for a credit report waits for the agency from when it was first asked for it until the
-- order was settled: until the next run looks for the report, it waits for us.
-- column  case_id      text
-- column  waiting_for  text         review, credit, approval, customer; null: it was set aside
-- column  cause        text
-- column  since        timestamptz
-- column  until        timestamptz  null: it waits still
-- column  ordered_at   timestamptz  when the order that it waits for was first sent
-- param  client_id    text
-- param  case_ids     text[]
-- param  record_ids   bigint[]
-- param  version_ids  bigint[]      each case's own: what came before is not its matter
-- param  formed_at    timestamptz[]  null: not yet
-- index  version_event_pkey, effect_pkey, effect_attempt_pkey
-- The order's id is made before it is looked up, as what is put together of columns finds no index
-- behind the wall of row security.
WITH wait AS MATERIALIZED (
    SELECT
        stretch.case_id,
        stretch.waiting_for,
        stretch.cause,
        stretch.since,
        stretch.until,
        CASE
            WHEN starts_with(stretch.cause, 'effect:') THEN substr(stretch.cause, 8)::uuid
        END AS order_id
    FROM (
        SELECT
            told.case_id,
            event.state,
            event.waiting_for,
            event.cause,
            event.happened_at AS since,
            lead(event.happened_at) OVER (
                PARTITION BY told.case_id ORDER BY event.event_id
            ) AS until
        FROM unnest(
            %(case_ids)s, %(record_ids)s, %(version_ids)s, %(formed_at)s
        ) AS told (case_id, record_id, version_id, formed_at)
        INNER JOIN version_event AS event
            ON
                event.client_id = %(client_id)s
                AND told.record_id = event.record_id
                AND event.version_id >= told.version_id
                AND (told.formed_at IS NULL OR event.happened_at <= told.formed_at)
    ) AS stretch
    WHERE stretch.state IN ('waiting', 'set_aside')
)

SELECT
    wait.case_id,
    wait.waiting_for,
    wait.cause,
    wait.since,
    least(wait.until, credit_order.settled_at) AS until,
    (
        SELECT min(attempt.started_at)
        FROM effect_attempt AS attempt
        WHERE
            attempt.client_id = %(client_id)s
            AND attempt.effect_id = wait.order_id
            -- What was withdrawn before it was sent was not asked for.
            AND attempt.outcome IS DISTINCT FROM 'withdrawn'
    ) AS ordered_at
FROM wait
LEFT JOIN effect AS credit_order
    ON credit_order.client_id = %(client_id)s AND wait.order_id = credit_order.effect_id
ORDER BY wait.case_id, wait.since;
