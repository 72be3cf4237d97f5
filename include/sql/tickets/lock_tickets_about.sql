-- name: tickets/lock_tickets_about :many
-- The open tickets about some subjects, locked, so that none gets a new subject meanwhile.
-- param  client_id  text
-- param  subjects   text[]
-- column ticket_id  bigint
-- index  ticket_subject_subject
SELECT ticket.ticket_id
FROM ticket
WHERE
    ticket.client_id = %(client_id)s
    AND ticket.state = 'open'
    AND ticket.ticket_id IN (
        SELECT about.ticket_id
        FROM ticket_subject AS about
        WHERE
            about.client_id = %(client_id)s
            AND about.subject = any(%(subjects)s::text[])
            AND about.cleared_at IS NULL
    )
ORDER BY ticket.cause_key
FOR UPDATE;
