-- name: releases/lock_plan :many
-- Locks the held effects of a run that its release lets go. What a person holds stays held.
-- column  effect_id  uuid
-- param  client_id  text
-- param  run_id     text
-- param  kinds      text[]
-- index  effect_run
SELECT effect_id
FROM effect
WHERE
    client_id = %(client_id)s
    AND run_id = %(run_id)s
    AND kind = ANY(%(kinds)s)
    AND state = 'held'
    AND held_for IS DISTINCT FROM 'person'
ORDER BY effect_id
FOR UPDATE;
