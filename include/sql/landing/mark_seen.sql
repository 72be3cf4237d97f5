-- name: landing/mark_seen :exec
-- Notes on the records of a page that this run has read them, and keeps their newest write guard.
-- param  client_id  text
-- param  system     text
-- param  run_id     text
-- param  rows       jsonb
-- index  source_record_client_id_system_source_key_key, record_head_pkey
UPDATE record_head AS head
SET guard = seen.guard, seen_run_id = %(run_id)s
FROM jsonb_to_recordset(%(rows)s) AS seen (key text, guard text)
INNER JOIN source_record AS record
    ON
        record.client_id = %(client_id)s
        AND record.system = %(system)s
        AND record.source_key = seen.key
WHERE
    head.client_id = %(client_id)s
    AND head.record_id = record.record_id
    AND (
        head.guard IS DISTINCT FROM seen.guard
        OR head.seen_run_id IS DISTINCT FROM %(run_id)s
    );
