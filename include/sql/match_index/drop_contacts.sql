-- name: match_index/drop_contacts :exec
-- Forgets names that a contact is used under no more.
-- param  client_id  text
-- param  contacts   bigint[]
-- index  match_contact_pkey
DELETE FROM match_contact
WHERE client_id = %(client_id)s AND contact = ANY(%(contacts)s) AND records <= 0;
