-- name: runs/note_planned :exec
-- Notes that what was formed for a run since it had planned is planned, too. One that has still to
-- plan does so itself.
-- param  client_id  text
-- param  run_id     text
-- param  now        timestamptz
-- index  run_pkey
UPDATE run
SET planned_at = %(now)s
WHERE client_id = %(client_id)s AND run_id = %(run_id)s AND planned_at IS NOT NULL;
