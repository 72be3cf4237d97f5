-- name: runs/is_known :one
-- Whether a run was ever opened.
-- column  known  boolean
-- param  client_id  text
-- param  run_id     text
-- index  run_pkey
SELECT exists(
    SELECT 1 FROM run WHERE client_id = %(client_id)s AND run_id = %(run_id)s
) AS known;
