-- name: releases/hold_plan :exec
-- Says why the plan of a run is held. What a person holds is left alone.
-- param  client_id  text
-- param  run_id     text
-- param  kinds      text[]
-- param  held_for   text    guard, approval or shadow
-- index  effect_run
UPDATE effect
SET held_for = %(held_for)s
WHERE
    client_id = %(client_id)s
    AND run_id = %(run_id)s
    AND kind = ANY(%(kinds)s)
    AND state = 'held'
    AND held_for IS DISTINCT FROM 'person';
