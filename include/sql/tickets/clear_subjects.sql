-- name: tickets/clear_subjects :exec
-- param  client_id  text
-- param  subjects   text[]
-- param  kinds      text[]
-- param  now        timestamptz
-- index  ticket_subject_subject
UPDATE ticket_subject AS subject
SET cleared_at = %(now)s
FROM ticket
WHERE
    subject.client_id = %(client_id)s
    AND subject.subject = any(%(subjects)s)
    AND subject.cleared_at IS NULL
    AND ticket.client_id = subject.client_id
    AND ticket.ticket_id = subject.ticket_id
    AND ticket.kind = any(%(kinds)s);
