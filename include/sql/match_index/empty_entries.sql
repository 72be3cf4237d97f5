-- name: match_index/empty_entries :exec
-- Drops all that the client's index holds here.
-- param  client_id  text
-- index  match_entry_pkey
DELETE FROM match_entry
WHERE client_id = %(client_id)s;
