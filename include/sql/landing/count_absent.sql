-- name: landing/count_absent :one
-- After a complete scan: how many records of a system it did not hold any more, of how many.
-- column  absent_count  bigint
-- column  held_count    bigint
-- param  client_id  text
-- param  system     text
-- param  run_id     text
-- index  source_record_client_id_system_source_key_key, record_head_pkey
SELECT
    count(*) FILTER (WHERE head.seen_run_id IS DISTINCT FROM %(run_id)s) AS absent_count,
    count(*) AS held_count
FROM source_record AS record
INNER JOIN record_head AS head USING (client_id, record_id)
WHERE
    record.client_id = %(client_id)s
    AND record.system = %(system)s
    AND NOT head.deleted;
