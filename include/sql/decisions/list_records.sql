-- name: decisions/list_records :many
-- Records as they are matched, and what they were made from: those named, or all that are linked.
-- column  record_id    bigint
-- column  system       text
-- column  source_key   text
-- column  customer_id  text
-- column  fields       jsonb
-- column  payload      jsonb
-- param  client_id  text
-- param  systems    text[]  with keys: the records; null: all that are linked
-- param  keys       text[]
-- index  source_record_client_id_system_source_key_key, link_current, prepared_record_record
WITH wanted AS (
    SELECT named_record.record_id
    FROM unnest(%(systems)s, %(keys)s) AS named (system, key)
    INNER JOIN source_record AS named_record
        ON
            named_record.client_id = %(client_id)s
            AND named.system = named_record.system
            AND named.key = named_record.source_key
    UNION ALL
    SELECT link.record_id
    FROM link
    WHERE %(keys)s IS NULL AND link.client_id = %(client_id)s AND link.ended_at IS NULL
)

SELECT
    record.record_id,
    record.system,
    record.source_key,
    link.customer_id,
    prepared.fields,
    version.payload
FROM wanted
INNER JOIN source_record AS record
    ON record.client_id = %(client_id)s AND wanted.record_id = record.record_id
LEFT JOIN link
    ON
        record.client_id = link.client_id
        AND record.record_id = link.record_id
        AND link.ended_at IS NULL
CROSS JOIN LATERAL (
    SELECT
        newest.fields,
        newest.version_id
    FROM prepared_record AS newest
    WHERE newest.client_id = record.client_id AND newest.record_id = record.record_id
    ORDER BY newest.version_id DESC
    LIMIT 1
) AS prepared
INNER JOIN source_version AS version
    ON record.client_id = version.client_id AND prepared.version_id = version.version_id
ORDER BY record.record_id;
