-- name: plans/list_tickets :many
-- The tickets that were opened, or opened again, since a run was, and still are; but for those
-- about Airflow, about configuration, and about the plan itself.
-- column  kind       text
-- column  title      text
-- column  cause      text
-- column  next_step  text
-- column  subjects   bigint  unsettled
-- param  client_id  text
-- param  run_id     text
-- index  run_pkey, ticket_pkey, ticket_subject_pkey
SELECT
    ticket.kind,
    ticket.title,
    ticket.cause,
    ticket.next_step,
    (
        SELECT count(*) FROM ticket_subject AS subject
        WHERE
            subject.client_id = ticket.client_id
            AND subject.ticket_id = ticket.ticket_id
            AND subject.cleared_at IS NULL
    ) AS subjects
FROM ticket
WHERE
    ticket.client_id = %(client_id)s
    AND ticket.state = 'open'
    AND ticket.kind NOT IN ('task', 'config')
    AND NOT EXISTS (
        SELECT 1 FROM ticket_subject AS subject
        WHERE
            subject.client_id = ticket.client_id
            AND subject.ticket_id = ticket.ticket_id
            AND subject.subject = 'plan:' || %(run_id)s
    )
    AND ticket.ticket_id IN (
        SELECT event.ticket_id
        FROM run
        INNER JOIN ticket_event AS event
            ON run.client_id = event.client_id AND run.opened_at <= event.happened_at
        WHERE
            run.client_id = %(client_id)s
            AND run.run_id = %(run_id)s
            AND event.event IN ('opened', 'reopened')
    )
ORDER BY ticket.kind, ticket.title, ticket.cause_key;
