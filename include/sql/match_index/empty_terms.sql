-- name: match_index/empty_terms :exec
-- Drops all that the client's index holds here.
-- param  client_id  text
-- index  match_term_pkey
DELETE FROM match_term
WHERE client_id = %(client_id)s;
