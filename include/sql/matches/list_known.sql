-- name: matches/list_known :many
-- Records as they were last prepared.
-- column  record_id    bigint
-- column  system       text
-- column  source_key   text
-- column  fields       jsonb
-- column  customer_id  text
-- param  client_id   text
-- param  record_ids  bigint[]
-- index  source_record_pkey, prepared_record_record
SELECT
    record.record_id,
    record.system,
    record.source_key,
    prepared.fields,
    link.customer_id
FROM source_record AS record
CROSS JOIN LATERAL (
    SELECT prepared_record.fields
    FROM prepared_record
    WHERE
        prepared_record.client_id = record.client_id
        AND prepared_record.record_id = record.record_id
    ORDER BY prepared_record.version_id DESC
    LIMIT 1
) AS prepared
LEFT JOIN link
    ON
        record.client_id = link.client_id
        AND record.record_id = link.record_id
        AND link.ended_at IS NULL
WHERE record.client_id = %(client_id)s AND record.record_id = ANY(%(record_ids)s)
ORDER BY record.record_id;
