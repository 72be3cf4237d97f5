-- name: matches/list_delta :many
-- The next versions to match.
-- column  version_id   bigint
-- column  record_id    bigint
-- column  system       text
-- column  source_key   text
-- column  fields       jsonb
-- column  customer_id  text
-- param  client_id         text
-- param  after_version_id  bigint
-- param  size              integer
-- param  systems           text[]
-- index  version_state_open
SELECT
    state.version_id,
    state.record_id,
    record.system,
    record.source_key,
    prepared.fields,
    link.customer_id
FROM version_state AS state
INNER JOIN prepared_record AS prepared USING (client_id, version_id)
INNER JOIN source_record AS record
    ON state.client_id = record.client_id AND state.record_id = record.record_id
LEFT JOIN link
    ON
        state.client_id = link.client_id
        AND state.record_id = link.record_id
        AND link.ended_at IS NULL
WHERE
    state.client_id = %(client_id)s
    AND state.state = 'pending'
    AND state.version_id > %(after_version_id)s
    AND record.system = ANY(%(systems)s)
ORDER BY state.version_id
LIMIT %(size)s;
