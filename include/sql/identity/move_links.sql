-- name: identity/move_links :exec
-- Lets links belong to another customer; rule, score, evidence and times stay as they are.
-- param  client_id  text
-- param  link_ids   bigint[]
-- param  to_id      text
-- index  link_pkey
UPDATE link
SET customer_id = %(to_id)s
WHERE client_id = %(client_id)s AND link_id = ANY(%(link_ids)s);
