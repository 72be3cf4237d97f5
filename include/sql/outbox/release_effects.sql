-- name: outbox/release_effects :exec
-- Lets held effects go out at once, on a person's word.
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  now         timestamptz
-- index  effect_pkey
UPDATE effect
SET state = 'ready', held_for = NULL, not_before = %(now)s
WHERE
    client_id = %(client_id)s
    AND effect_id = ANY(%(effect_ids)s)
    AND state = 'held';
