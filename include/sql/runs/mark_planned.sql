-- name: runs/mark_planned :exec
-- Notes that all which this run and earlier ones formed is planned. A newer one may be at work:
-- this one was given up then, and does not know what that has formed since.
-- param  client_id  text
-- param  run_id     text
-- param  now        timestamptz
-- index  run_unplanned, run_pkey
UPDATE run
SET planned_at = %(now)s
FROM run AS this
WHERE
    run.client_id = %(client_id)s
    AND this.client_id = run.client_id
    AND this.run_id = %(run_id)s
    AND (run.run_id = this.run_id OR (run.planned_at IS NULL AND run.opened_at < this.opened_at));
