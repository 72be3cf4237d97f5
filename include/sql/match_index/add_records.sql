-- name: match_index/add_records :exec
-- Counts records in or out.
-- param  client_id  text
-- param  records    bigint
-- index  match_index_pkey
UPDATE match_index
SET records = records + %(records)s
WHERE client_id = %(client_id)s;
