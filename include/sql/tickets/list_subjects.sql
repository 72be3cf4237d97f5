-- name: tickets/list_subjects :many
-- What a ticket is about, the unsettled first.
-- param  client_id     text
-- param  ticket_id     bigint
-- param  max_subjects  integer
-- column subject       text
-- column added_at      timestamptz
-- column cleared_at    timestamptz
SELECT
    subject,
    added_at,
    cleared_at
FROM ticket_subject
WHERE client_id = %(client_id)s AND ticket_id = %(ticket_id)s
ORDER BY cleared_at NULLS FIRST, added_at, subject
LIMIT %(max_subjects)s;
