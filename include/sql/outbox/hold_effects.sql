-- name: outbox/hold_effects :many
-- Holds effects that have not left, and says why.
-- column  effect_id  uuid
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  held_for    text
-- index  effect_pkey
UPDATE effect
SET state = 'held', held_for = %(held_for)s
WHERE
    client_id = %(client_id)s
    AND effect_id = ANY(%(effect_ids)s)
    AND state IN ('ready', 'held')
RETURNING effect_id;
