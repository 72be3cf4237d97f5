-- name: tickets/find_settled :many
-- Of some locked tickets, those with nothing left to settle.
-- param  client_id   text
-- param  ticket_ids  bigint[]
-- column ticket_id   bigint
SELECT ticket.ticket_id
FROM ticket
WHERE
    ticket.client_id = %(client_id)s
    AND ticket.ticket_id = any(%(ticket_ids)s::bigint[])
    AND NOT EXISTS (
        SELECT 1
        FROM ticket_subject AS about
        WHERE
            about.client_id = ticket.client_id
            AND about.ticket_id = ticket.ticket_id
            AND about.cleared_at IS NULL
    );
