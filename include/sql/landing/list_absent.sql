-- name: landing/list_absent :many
-- After a complete scan: records of a system that it did not hold any more, with their last words.
-- column  key      text
-- column  payload  jsonb
-- param  client_id  text
-- param  system     text
-- param  run_id     text
-- param  max_rows   integer
-- index  source_record_client_id_system_source_key_key, record_head_pkey
SELECT
    record.source_key AS key,
    version.payload
FROM source_record AS record
INNER JOIN record_head AS head USING (client_id, record_id)
INNER JOIN source_version AS version USING (client_id, version_id)
WHERE
    record.client_id = %(client_id)s
    AND record.system = %(system)s
    AND NOT head.deleted
    AND head.seen_run_id IS DISTINCT FROM %(run_id)s
ORDER BY record.source_key
LIMIT %(max_rows)s;
