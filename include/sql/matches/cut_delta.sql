-- name: matches/cut_delta :many
-- Cuts what is pending, prepared and not yet compared into ranges of about the same size.
-- column  first_version_id  bigint
-- column  last_version_id   bigint
-- param  client_id  text
-- param  size       integer
-- index  version_state_open, prepared_record_pkey, match_entry_pkey
SELECT
    min(version_id) AS first_version_id,
    max(version_id) AS last_version_id
FROM (
    SELECT
        state.version_id,
        (row_number() OVER (ORDER BY state.version_id) - 1) / %(size)s AS batch
    FROM version_state AS state
    INNER JOIN prepared_record AS prepared USING (client_id, version_id)
    LEFT JOIN match_entry AS entry
        ON state.client_id = entry.client_id AND state.record_id = entry.record_id
    WHERE
        state.client_id = %(client_id)s
        AND state.state = 'pending'
        AND (
            entry.compared IS NULL
            OR entry.version_id <> state.version_id
            OR entry.prepared_at <> prepared.prepared_at
        )
) AS numbered
GROUP BY batch
ORDER BY batch;
