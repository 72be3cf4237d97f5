-- name: tickets/clear_subjects :exec
-- Settles what tickets are about, but for some subjects of some tickets.
-- param  client_id  text
-- param  subjects   text[]
-- param  kinds          text[]
-- param  kept_causes    text[]  beside each kept subject: the cause of the ticket that keeps it
-- param  kept_subjects  text[]
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
    AND ticket.kind = any(%(kinds)s)
    AND NOT EXISTS (
        SELECT 1
        FROM unnest(%(kept_causes)s, %(kept_subjects)s) AS kept (cause_key, subject)
        WHERE kept.cause_key = ticket.cause_key AND kept.subject = subject.subject
    );
