-- name: tickets/list_events :many
-- A ticket's history, oldest first.
-- param  client_id    text
-- param  ticket_id    bigint
-- column event        text
-- column actor        text
-- column words        text
-- column happened_at  timestamptz
-- index  ticket_event_ticket
SELECT
    event,
    actor,
    words,
    happened_at
FROM ticket_event
WHERE client_id = %(client_id)s AND ticket_id = %(ticket_id)s
ORDER BY event_id;
