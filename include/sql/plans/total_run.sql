-- name: plans/total_run :one
-- What a run makes of customers, mails and what waits, in numbers. Merges, splits and tickets are
-- those since it was opened, but for tickets about Airflow, configuration and the plan itself.
-- column  created     bigint
-- column  merged      bigint
-- column  split       bigint  with merges that were taken back
-- column  golden      bigint  golden records of which a value changes
-- column  mails       bigint
-- column  held_mails  bigint
-- column  waiting     bigint
-- column  set_aside   bigint
-- column  tickets     bigint
-- param  client_id  text
-- param  run_id     text
-- index  golden_version_run, effect_run, version_state_run
WITH opened AS (
    SELECT opened_at FROM run WHERE client_id = %(client_id)s AND run_id = %(run_id)s
),

formed AS (
    SELECT
        customer_id,
        min(version_no) AS first_no,
        max(version_no) AS last_no
    FROM golden_version
    WHERE client_id = %(client_id)s AND run_id = %(run_id)s
    GROUP BY customer_id
),

identity AS (
    SELECT
        count(*) FILTER (WHERE change.kind = 'merged') AS merged,
        count(*) FILTER (WHERE change.kind <> 'merged') AS split
    FROM identity_change AS change
    INNER JOIN opened ON change.changed_at >= opened.opened_at
    WHERE change.client_id = %(client_id)s
),

mail AS (
    SELECT
        count(*) AS planned,
        count(*) FILTER (WHERE state = 'held') AS held
    FROM effect
    WHERE
        client_id = %(client_id)s AND run_id = %(run_id)s AND kind = 'email'
        AND state IN ('held', 'ready')
),

version AS (
    SELECT
        count(*) FILTER (WHERE state = 'waiting') AS waiting,
        count(*) FILTER (WHERE state = 'set_aside') AS set_aside
    FROM version_state
    WHERE client_id = %(client_id)s AND run_id = %(run_id)s
)

SELECT
    (
        SELECT count(*) FROM customer
        WHERE client_id = %(client_id)s AND created_run_id = %(run_id)s
    ) AS created,
    identity.merged,
    identity.split,
    (
        SELECT count(*)
        FROM formed
        INNER JOIN golden_version AS newer
            ON
                newer.client_id = %(client_id)s
                AND formed.customer_id = newer.customer_id
                AND formed.last_no = newer.version_no
        LEFT JOIN golden_version AS older
            ON
                older.client_id = %(client_id)s
                AND formed.customer_id = older.customer_id
                AND formed.first_no - 1 = older.version_no
        WHERE newer.fields IS DISTINCT FROM older.fields
    ) AS golden,
    mail.planned AS mails,
    mail.held AS held_mails,
    version.waiting,
    version.set_aside,
    (
        SELECT count(DISTINCT ticket.ticket_id)
        FROM opened
        INNER JOIN ticket_event AS event ON opened.opened_at <= event.happened_at
        INNER JOIN ticket USING (client_id, ticket_id)
        WHERE
            event.client_id = %(client_id)s
            AND event.event IN ('opened', 'reopened')
            AND ticket.state = 'open'
            AND ticket.kind NOT IN ('task', 'config')
            AND NOT EXISTS (
                SELECT 1 FROM ticket_subject AS subject
                WHERE
                    subject.client_id = ticket.client_id
                    AND subject.ticket_id = ticket.ticket_id
                    AND subject.subject = 'plan:' || %(run_id)s
            )
    ) AS tickets
FROM identity
CROSS JOIN mail
CROSS JOIN version;
