-- name: runs/find_newest :many
-- The run of a client that was opened last; no row when there never was one.
-- column  run_id  text
-- param  client_id  text
-- index  run_pkey
SELECT run_id
FROM run
WHERE client_id = %(client_id)s
ORDER BY opened_at DESC, run_id DESC
LIMIT 1;
