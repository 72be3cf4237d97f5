-- name: records/drop_keys :exec
-- Takes records out of the index of keys.
-- param  client_id    text
-- param  version_ids  bigint[]
-- index  match_key_record
DELETE FROM match_key AS indexed
USING version_state AS state
WHERE
    state.client_id = %(client_id)s
    AND state.version_id = ANY(%(version_ids)s)
    AND indexed.client_id = state.client_id
    AND indexed.record_id = state.record_id;
