-- name: match_index/empty_contacts :exec
-- Drops all that the client's index holds here.
-- param  client_id  text
-- index  match_contact_pkey
DELETE FROM match_contact
WHERE client_id = %(client_id)s;
