-- name: landing/refresh_guards :exec
-- Keeps the newest write guard of records whose content did not change.
-- param  client_id  text
-- param  system     text
-- param  rows       jsonb
-- index  record_head_pkey
UPDATE record_head AS head
SET guard = row.guard
FROM jsonb_to_recordset(%(rows)s) AS row (key text, guard text)
INNER JOIN source_record AS record
    ON
        record.client_id = %(client_id)s
        AND record.system = %(system)s
        AND record.source_key = row.key
WHERE
    head.client_id = %(client_id)s
    AND head.record_id = record.record_id
    AND head.guard IS DISTINCT FROM row.guard;
