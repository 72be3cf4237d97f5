-- name: tickets/list_drafts_about :many
-- The newest guard's ticket that is, or was, about each of these.
-- column  subject    text
-- column  cause_key  text
-- column  kind       text
-- column  title      text
-- column  cause      text
-- column  next_step  text
-- column  detail     jsonb
-- param  client_id  text
-- param  subjects   text[]
-- index  ticket_subject_subject, ticket_pkey
SELECT DISTINCT ON (subject.subject)
    subject.subject,
    ticket.cause_key,
    ticket.kind,
    ticket.title,
    ticket.cause,
    ticket.next_step,
    ticket.detail
FROM ticket_subject AS subject
INNER JOIN ticket USING (client_id, ticket_id)
WHERE
    subject.client_id = %(client_id)s
    AND subject.subject = ANY(%(subjects)s)
    AND ticket.kind = 'guard'
ORDER BY subject.subject ASC, subject.added_at DESC, ticket.ticket_id DESC;
