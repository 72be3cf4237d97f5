-- name: records/list_records :many
-- Whose versions these are.
-- column  record_id  bigint
-- param  client_id    text
-- param  version_ids  bigint[]
-- index  version_state_pkey
SELECT record_id
FROM version_state
WHERE client_id = %(client_id)s AND version_id = ANY(%(version_ids)s)
ORDER BY record_id;
