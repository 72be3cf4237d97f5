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
SELECT
    record.record_id,
    record.system,
    record.source_key,
    link.customer_id,
    prepared.fields,
    version.payload
FROM source_record AS record
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
WHERE
    record.client_id = %(client_id)s
    AND CASE
        WHEN %(keys)s IS NULL THEN link.customer_id IS NOT NULL
        ELSE (record.system, record.source_key) IN (
            SELECT
                named.system,
                named.key
            FROM unnest(%(systems)s, %(keys)s) AS named (system, key)
        )
    END
ORDER BY record.record_id;
