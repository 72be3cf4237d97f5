-- name: matches/list_ready :one
-- Which pending records of these systems are searched for and can be decided, as a column of 8-byte
-- numbers.
-- column  record_ids  bytea
-- param  client_id  text
-- param  systems    text[]
-- index  version_state_open, match_entry_pkey, prepared_record_pkey, source_record_pkey
SELECT string_agg(int8send(state.record_id), '') AS record_ids
FROM version_state AS state
INNER JOIN prepared_record AS prepared USING (client_id, version_id)
INNER JOIN match_entry AS entry
    ON
        state.client_id = entry.client_id
        AND state.record_id = entry.record_id
        AND state.version_id = entry.version_id
        AND prepared.prepared_at = entry.prepared_at
INNER JOIN source_record AS record
    ON state.client_id = record.client_id AND state.record_id = record.record_id
WHERE
    state.client_id = %(client_id)s
    AND state.state = 'pending'
    AND entry.compared IS NOT NULL
    AND record.system = ANY(%(systems)s);
