-- name: matches/find_records :many
-- The records of a system by their keys there.
-- column  record_id  bigint
-- param  client_id  text
-- param  system     text
-- param  keys       text[]
-- index  source_record_client_id_system_source_key_key
SELECT record_id
FROM source_record
WHERE client_id = %(client_id)s AND system = %(system)s AND source_key = ANY(%(keys)s)
ORDER BY record_id;
