-- name: runs/mark_planned :exec
-- Notes that all which this run and earlier ones formed is planned.
-- param  client_id  text
-- param  run_id     text
-- param  now        timestamptz
-- index  run_unplanned, run_pkey
UPDATE run
SET planned_at = %(now)s
WHERE client_id = %(client_id)s AND (planned_at IS NULL OR run_id = %(run_id)s);
