-- name: matches/list_unindexed :many
-- The next records that belong to a customer or wait for a person, as they were last prepared.
-- column  version_id  bigint
-- column  record_id   bigint
-- column  fields      jsonb
-- column  indexed     boolean  never
-- param  client_id        text
-- param  after_record_id  bigint
-- param  size             integer
-- index  source_record_pkey, prepared_record_record, link_current, version_state_record
SELECT
    prepared.version_id,
    record.record_id,
    prepared.fields,
    FALSE AS indexed
FROM source_record AS record
CROSS JOIN LATERAL (
    SELECT
        prepared_record.version_id,
        prepared_record.fields
    FROM prepared_record
    WHERE
        prepared_record.client_id = record.client_id
        AND prepared_record.record_id = record.record_id
    ORDER BY prepared_record.version_id DESC
    LIMIT 1
) AS prepared
WHERE
    record.client_id = %(client_id)s
    AND record.record_id > %(after_record_id)s
    AND (
        EXISTS (
            SELECT 1
            FROM link
            WHERE
                link.client_id = record.client_id
                AND link.record_id = record.record_id
                AND link.ended_at IS NULL
        )
        OR EXISTS (
            SELECT 1
            FROM version_state AS state
            WHERE
                state.client_id = record.client_id
                AND state.record_id = record.record_id
                AND state.state = 'waiting'
        )
    )
ORDER BY record.record_id
LIMIT %(size)s;
