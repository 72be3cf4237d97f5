-- name: releases/list_guarded_runs :many
-- Runs whose plan a guard holds.
-- column  run_id  text
-- param  client_id  text
-- index  effect_unsettled
SELECT DISTINCT run_id
FROM effect
WHERE client_id = %(client_id)s AND state = 'held' AND held_for = 'guard'
ORDER BY run_id;
