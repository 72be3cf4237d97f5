-- name: effects/release_held :exec
-- Lets the held effects of a run go out.
-- param  client_id  text
-- param  run_id     text
-- param  now        timestamptz
-- index  effect_run
UPDATE effect
SET state = 'ready', not_before = %(now)s
WHERE client_id = %(client_id)s AND run_id = %(run_id)s AND state = 'held';
