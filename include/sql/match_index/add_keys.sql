-- name: match_index/add_keys :exec
-- Puts keys of records into the index.
-- param  client_id   text
-- param  record_ids  bigint[]
-- param  keys        bigint[]
-- index  match_key_holders
INSERT INTO match_key (client_id, key, record_id)
SELECT
    %(client_id)s,
    added.key,
    added.record_id
FROM unnest(%(record_ids)s, %(keys)s) AS added (record_id, key);
