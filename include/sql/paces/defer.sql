-- name: paces/defer :exec
-- Moves the next free place in the line to a target away, at most an hour.
-- param  client_id  text
-- param  target     text
-- param  wait       interval
-- index  target_pace_pkey
UPDATE target_pace
SET free_at = greatest(free_at, clock_timestamp() + least(%(wait)s, interval '1 hour'))
WHERE client_id = %(client_id)s AND target = %(target)s;
