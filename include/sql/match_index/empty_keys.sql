-- name: match_index/empty_keys :exec
-- Drops all that the client's index holds here.
-- param  client_id  text
-- index  match_key_holders
DELETE FROM match_key
WHERE client_id = %(client_id)s;
