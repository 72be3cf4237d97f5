-- name: runs/close_run :exec
-- Closes a run in its final state.
-- param  client_id  text
-- param  run_id     text
-- param  state      text
-- param  now        timestamptz
-- index  run_pkey
UPDATE run
SET state = %(state)s, closed_at = %(now)s
WHERE client_id = %(client_id)s AND run_id = %(run_id)s;
