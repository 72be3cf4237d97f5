-- name: tickets/list_open :many
-- The open tickets of the clients that the transaction may see, newest first.
-- param  client_id    text     null for all of them
-- param  kind         text     null for all of them
-- param  max_tickets  integer
-- column client_id     text
-- column ticket_id     bigint
-- column cause_key     text
-- column kind          text
-- column state         text
-- column title         text
-- column cause         text
-- column next_step     text
-- column dag_id        text
-- column run_id        text
-- column task_id       text
-- column map_index     integer
-- column try_number    integer
-- column log_url       text
-- column detail        jsonb
-- column seen_count    integer
-- column opened_at     timestamptz
-- column last_seen_at  timestamptz
-- column resolved_at   timestamptz
-- column resolved_by   text
-- column resolution    text
-- column waiting_count  integer  what it is about and is not settled
-- index  ticket_open
SELECT
    ticket.client_id,
    ticket.ticket_id,
    ticket.cause_key,
    ticket.kind,
    ticket.state,
    ticket.title,
    ticket.cause,
    ticket.next_step,
    ticket.dag_id,
    ticket.run_id,
    ticket.task_id,
    ticket.map_index,
    ticket.try_number,
    ticket.log_url,
    ticket.detail,
    ticket.seen_count,
    ticket.opened_at,
    ticket.last_seen_at,
    ticket.resolved_at,
    ticket.resolved_by,
    ticket.resolution,
    (
        SELECT count(*)
        FROM ticket_subject AS about
        WHERE
            about.client_id = ticket.client_id
            AND about.ticket_id = ticket.ticket_id
            AND about.cleared_at IS NULL
    )::integer AS waiting_count
FROM ticket
WHERE
    ticket.state = 'open'
    AND (%(client_id)s::text IS NULL OR ticket.client_id = %(client_id)s)
    AND (%(kind)s::text IS NULL OR ticket.kind = %(kind)s)
ORDER BY ticket.opened_at DESC, ticket.ticket_id DESC
LIMIT %(max_tickets)s;
