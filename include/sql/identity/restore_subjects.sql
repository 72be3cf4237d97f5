-- name: identity/restore_subjects :exec
-- Lets tickets be about what they were about before a merge; what was settled since stays so. The
-- survivor may have been merged on: then it is its name that the ticket has now.
-- param  client_id  text
-- param  rows       jsonb          ticket_id, subject, was_renamed
-- param  from_id    text           the customer that gets them back
-- param  path       text[]         the customers that it was merged into, one after the other
-- param  merged_at  timestamptz[]  when; what a merge settled is open again
-- index  ticket_subject_pkey
WITH present AS MATERIALIZED (
    SELECT DISTINCT ON (before.ticket_id, before.subject)
        before.ticket_id,
        before.subject AS original,
        before.was_renamed,
        named.subject,
        named.cleared_at
    FROM jsonb_to_recordset(%(rows)s) AS before (
        ticket_id bigint, subject text, was_renamed boolean
    )
    CROSS JOIN LATERAL (
        SELECT
            before.subject,
            0 AS step
        WHERE NOT before.was_renamed
        UNION ALL
        SELECT
            left(before.subject, -length(%(from_id)s)) || onward.customer_id,
            onward.step
        FROM unnest(%(path)s) WITH ORDINALITY AS onward (customer_id, step)
        WHERE before.was_renamed
    ) AS name
    INNER JOIN ticket_subject AS named
        ON
            named.client_id = %(client_id)s
            AND before.ticket_id = named.ticket_id
            AND name.subject = named.subject
    ORDER BY before.ticket_id ASC, before.subject ASC, name.step ASC
)

UPDATE ticket_subject AS changed
SET
    subject = present.original,
    cleared_at = CASE
        WHEN present.cleared_at = ANY(%(merged_at)s) AND EXISTS (
            SELECT 1
            FROM ticket
            WHERE
                ticket.client_id = changed.client_id
                AND ticket.ticket_id = changed.ticket_id
                AND ticket.state = 'open'
        ) THEN NULL
        ELSE present.cleared_at
    END
FROM present
WHERE
    changed.client_id = %(client_id)s
    AND changed.ticket_id = present.ticket_id
    AND changed.subject = present.subject
    AND NOT EXISTS (
        SELECT 1
        FROM ticket_subject AS taken
        WHERE
            present.was_renamed
            AND taken.client_id = changed.client_id
            AND taken.ticket_id = changed.ticket_id
            AND taken.subject = present.original
    );
