-- name: tickets/clear_subjects :exec
-- param  client_id  text
-- param  subjects   text[]
-- param  now        timestamptz
-- index  ticket_subject_subject
UPDATE ticket_subject
SET cleared_at = %(now)s
WHERE
    client_id = %(client_id)s
    AND subject = any(%(subjects)s::text[])
    AND cleared_at IS NULL;
