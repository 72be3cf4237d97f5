-- name: matches/list_delta :many
-- The pending versions of a range that are prepared and, as they are, not yet compared.
-- column  version_id  bigint
-- column  record_id   bigint
-- column  fields      jsonb
-- column  indexed     boolean  the index has it so
-- param  client_id         text
-- param  first_version_id  bigint
-- param  last_version_id   bigint
-- index  version_state_open, prepared_record_pkey, match_entry_pkey
SELECT
    state.version_id,
    state.record_id,
    prepared.fields,
    coalesce(
        entry.version_id = state.version_id AND entry.prepared_at = prepared.prepared_at, FALSE
    ) AS indexed
FROM version_state AS state
INNER JOIN prepared_record AS prepared USING (client_id, version_id)
LEFT JOIN match_entry AS entry
    ON state.client_id = entry.client_id AND state.record_id = entry.record_id
WHERE
    state.client_id = %(client_id)s
    AND state.state = 'pending'
    AND state.version_id BETWEEN %(first_version_id)s AND %(last_version_id)s
    AND (
        entry.compared IS NULL
        OR entry.version_id <> state.version_id
        OR entry.prepared_at <> prepared.prepared_at
    )
ORDER BY state.version_id;
