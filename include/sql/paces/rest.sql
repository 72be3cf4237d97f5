-- name: paces/rest :exec
-- Lets nothing be claimed for a target for a while.
-- param  client_id  text
-- param  target     text
-- param  until      timestamptz
-- index  target_pace_pkey
UPDATE target_pace
SET rests_until = %(until)s
WHERE client_id = %(client_id)s AND target = %(target)s;
