-- name: tickets/replace_subjects :exec
-- Lets tickets of what is held be about what took the place of what they were about.
-- param  client_id  text
-- param  subjects   text[]
-- param  others     text[]   what takes the place of each
-- param  now        timestamptz
-- index  ticket_subject_subject
INSERT INTO ticket_subject (client_id, ticket_id, subject, added_at)
SELECT DISTINCT
    subject.client_id,
    subject.ticket_id,
    replaced.other,
    %(now)s::timestamptz
FROM ticket_subject AS subject
INNER JOIN unnest(%(subjects)s, %(others)s) AS replaced (subject, other)
    ON subject.subject = replaced.subject
INNER JOIN ticket
    ON subject.client_id = ticket.client_id AND subject.ticket_id = ticket.ticket_id
WHERE
    subject.client_id = %(client_id)s
    AND subject.cleared_at IS NULL
    AND ticket.kind = 'guard'
ON CONFLICT (client_id, ticket_id, subject) DO UPDATE
SET cleared_at = NULL, added_at = excluded.added_at
WHERE ticket_subject.cleared_at IS NOT NULL;
