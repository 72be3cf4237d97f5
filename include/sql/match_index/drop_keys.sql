-- name: match_index/drop_keys :exec
-- Takes keys of records out of the index.
-- param  client_id   text
-- param  record_ids  bigint[]
-- param  keys        bigint[]
-- index  match_key_holders
DELETE FROM match_key AS held
USING unnest(%(record_ids)s, %(keys)s) AS dropped (record_id, key)
WHERE
    held.client_id = %(client_id)s
    AND held.key = dropped.key
    AND held.record_id = dropped.record_id;
