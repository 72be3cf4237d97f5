-- name: runs/open_run :exec
-- Opens a run, or opens it again when it was cleared and is run once more.
-- param  client_id       text
-- param  run_id          text
-- param  policy_version  text
-- param  now             timestamptz
-- index  run_pkey
INSERT INTO run (client_id, run_id, policy_version, opened_at)
VALUES (%(client_id)s, %(run_id)s, %(policy_version)s, %(now)s)
ON CONFLICT (client_id, run_id) DO UPDATE
SET state = 'open', closed_at = NULL, planned_at = NULL, policy_version = excluded.policy_version;
