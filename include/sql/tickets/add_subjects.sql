-- name: tickets/add_subjects :exec
-- Adds what tickets are about; a subject that was settled before is unsettled again.
-- param  client_id  text
-- param  subjects   jsonb
-- param  now        timestamptz
INSERT INTO ticket_subject (client_id, ticket_id, subject, added_at)
SELECT
    %(client_id)s,
    added.ticket_id,
    added.subject,
    %(now)s
FROM jsonb_to_recordset(%(subjects)s) AS added (ticket_id bigint, subject text)
ON CONFLICT (client_id, ticket_id, subject) DO UPDATE
SET cleared_at = NULL, added_at = excluded.added_at
WHERE ticket_subject.cleared_at IS NOT NULL;
