-- name: matches/drop_keys :exec
-- Takes the old keys of records out of the index.
-- param  client_id   text
-- param  record_ids  bigint[]
-- index  match_key_record
DELETE FROM match_key
WHERE client_id = %(client_id)s AND record_id = ANY(%(record_ids)s);
