-- name: runs/give_up_open_runs :exec
-- Closes runs that never got to their end; what they left pending is carried over.
-- param  client_id  text
-- param  run_id     text
-- param  now        timestamptz
-- index  run_one_open
UPDATE run
SET state = 'failed', closed_at = %(now)s
WHERE client_id = %(client_id)s AND state = 'open' AND run_id <> %(run_id)s;
