-- name: identity/move_effects :exec
-- Lets effects belong to another customer; those that are not the first one's any more stay.
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  from_id     text
-- param  to_id       text
-- index  effect_pkey
UPDATE effect
SET customer_id = %(to_id)s
WHERE
    client_id = %(client_id)s
    AND effect_id = ANY(%(effect_ids)s)
    AND customer_id = %(from_id)s;
