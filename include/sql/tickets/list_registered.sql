-- name: tickets/list_registered :many
-- Those of the stated clients that have a row, and so may have tickets.
-- column client_id  text
SELECT client_id
FROM client
ORDER BY client_id;
