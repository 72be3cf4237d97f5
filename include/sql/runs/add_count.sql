-- name: runs/add_count :exec
-- Adds to one number of a run.
-- param  client_id  text
-- param  run_id     text
-- param  step       text
-- param  measure    text
-- param  value      bigint
-- index  run_count_pkey
INSERT INTO run_count (client_id, run_id, step, measure, value)
VALUES (%(client_id)s, %(run_id)s, %(step)s, %(measure)s, %(value)s)
ON CONFLICT (client_id, run_id, step, measure) DO UPDATE
SET value = run_count.value + excluded.value;
