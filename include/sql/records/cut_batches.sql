-- name: records/cut_batches :many
-- Cuts what is pending into ranges of about the same size.
-- column  first_version_id  bigint
-- column  last_version_id   bigint
-- param  client_id  text
-- param  size       integer
-- index  version_state_open
SELECT
    min(version_id) AS first_version_id,
    max(version_id) AS last_version_id
FROM (
    SELECT
        version_id,
        (row_number() OVER (ORDER BY version_id) - 1) / %(size)s AS batch
    FROM version_state
    WHERE client_id = %(client_id)s AND state = 'pending'
) AS numbered
GROUP BY batch
ORDER BY batch;
