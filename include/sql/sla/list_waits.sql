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
SELECT
    wait.case_id,
    wait.waiting_for,
    wait.cause,
    wait.since,
    least(wait.until, credit_order.settled_at) AS until,
    credit_order.started_at AS ordered_at
FROM (
    SELECT
        told.case_id,
        event.state,
        event.waiting_for,
        event.cause,
        event.happened_at AS since,
        lead(event.happened_at) OVER (PARTITION BY told.case_id ORDER BY event.event_id) AS until
    FROM unnest(
        %(case_ids)s, %(record_ids)s, %(version_ids)s, %(formed_at)s
    ) AS told (case_id, record_id, version_id, formed_at)
    INNER JOIN version_event AS event
        ON
            event.client_id = %(client_id)s
            AND told.record_id = event.record_id
            AND event.version_id >= told.version_id
            AND (told.formed_at IS NULL OR event.happened_at <= told.formed_at)
) AS wait
LEFT JOIN LATERAL (
    SELECT
        effect.settled_at,
        (
            SELECT min(effect_attempt.started_at)
            FROM effect_attempt
            WHERE
                effect_attempt.client_id = effect.client_id
                AND effect_attempt.effect_id = effect.effect_id
        ) AS started_at
    FROM effect
    WHERE
        effect.client_id = %(client_id)s
        AND effect.effect_id = CASE
            WHEN starts_with(wait.cause, 'effect:') THEN substr(wait.cause, 8)::uuid
        END
) AS credit_order ON TRUE
WHERE wait.state IN ('waiting', 'set_aside')
ORDER BY wait.case_id, wait.since;
