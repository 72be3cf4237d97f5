-- name: landing/list_held :many
-- The newest version of every record, and how far its system has been read, for holding both
-- against what the systems say. A place that could not be landed comes without a version.
-- column  system    text
-- column  key       text
-- column  payload   jsonb
-- column  deleted   boolean
-- column  read_to   text         the system's watermark
-- column  read_at   timestamptz  when it moved last
-- param  client_id  text
-- index  record_head_pkey, source_version_pkey, watermark_pkey
SELECT
    record.system,
    record.source_key AS key,
    version.payload,
    head.deleted,
    watermark.position AS read_to,
    watermark.moved_at AS read_at
FROM record_head AS head
INNER JOIN source_record AS record USING (client_id, record_id)
INNER JOIN source_version AS version USING (client_id, version_id)
INNER JOIN watermark USING (client_id, system)
WHERE head.client_id = %(client_id)s
ORDER BY record.system, record.source_key;
