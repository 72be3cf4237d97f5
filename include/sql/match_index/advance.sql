-- name: match_index/advance :exec
-- Remembers up to which record older ones have been taken in.
-- param  client_id   text
-- param  indexed_to  bigint
-- param  complete    boolean
-- index  match_index_pkey
UPDATE match_index
SET indexed_to = %(indexed_to)s, complete = %(complete)s
WHERE client_id = %(client_id)s;
