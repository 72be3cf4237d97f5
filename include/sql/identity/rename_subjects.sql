-- name: identity/rename_subjects :many
-- Lets open tickets that are about one customer be about another. Where a ticket is about both, the
-- first is settled instead.
-- column  ticket_id   bigint
-- column  subject     text    as it was
-- column  renamed_to  text    null where it was settled
-- param  client_id  text
-- param  from_id    text
-- param  to_id      text
-- param  now        timestamptz
-- index  ticket_open, ticket_subject_pkey
WITH about AS MATERIALIZED (
    SELECT
        subject.ticket_id,
        subject.subject,
        left(subject.subject, -length(%(from_id)s)) || %(to_id)s AS other
    FROM ticket
    INNER JOIN ticket_subject AS subject USING (client_id, ticket_id)
    WHERE
        ticket.client_id = %(client_id)s
        AND ticket.state = 'open'
        AND subject.cleared_at IS NULL
        AND right(subject.subject, length(%(from_id)s) + 1) = ':' || %(from_id)s
),

judged AS (
    SELECT
        about.ticket_id,
        about.subject,
        CASE
            WHEN NOT EXISTS (
                SELECT 1
                FROM ticket_subject AS both_of
                WHERE
                    both_of.client_id = %(client_id)s
                    AND both_of.ticket_id = about.ticket_id
                    AND both_of.subject = about.other
            ) THEN about.other
        END AS renamed_to
    FROM about
)

UPDATE ticket_subject AS changed
SET
    subject = coalesce(judged.renamed_to, changed.subject),
    cleared_at = CASE WHEN judged.renamed_to IS NULL THEN %(now)s END
FROM judged
WHERE
    changed.client_id = %(client_id)s
    AND changed.ticket_id = judged.ticket_id
    AND changed.subject = judged.subject
RETURNING judged.ticket_id, judged.subject, judged.renamed_to;
