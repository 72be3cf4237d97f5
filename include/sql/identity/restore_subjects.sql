-- name: identity/restore_subjects :exec
-- Lets tickets be about what they were about before a merge; what was settled since stays so.
-- param  client_id   text
-- param  rows        jsonb        ticket_id, subject, renamed_to
-- param  cleared_at  timestamptz  when the merge settled what both were about
-- index  ticket_subject_pkey
UPDATE ticket_subject AS changed
SET
    subject = before.subject,
    cleared_at = CASE WHEN before.renamed_to IS NULL THEN NULL ELSE changed.cleared_at END
FROM jsonb_to_recordset(%(rows)s) AS before (ticket_id bigint, subject text, renamed_to text)
WHERE
    changed.client_id = %(client_id)s
    AND changed.ticket_id = before.ticket_id
    AND changed.subject = coalesce(before.renamed_to, before.subject)
    AND (
        before.renamed_to IS NOT NULL
        OR (
            changed.cleared_at = %(cleared_at)s
            AND EXISTS (
                SELECT 1
                FROM ticket
                WHERE
                    ticket.client_id = changed.client_id
                    AND ticket.ticket_id = changed.ticket_id
                    AND ticket.state = 'open'
            )
        )
    )
    AND NOT EXISTS (
        SELECT 1
        FROM ticket_subject AS taken
        WHERE
            before.renamed_to IS NOT NULL
            AND taken.client_id = changed.client_id
            AND taken.ticket_id = changed.ticket_id
            AND taken.subject = before.subject
    );
