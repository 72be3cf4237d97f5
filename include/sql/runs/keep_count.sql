-- name: runs/keep_count :exec
-- Keeps numbers of a run; counting again replaces them.
-- param  client_id  text
-- param  run_id     text
-- param  counts     jsonb
-- index  run_count_pkey
INSERT INTO run_count (client_id, run_id, step, measure, value)
SELECT
    %(client_id)s,
    %(run_id)s,
    step.key AS step,
    measure.key AS measure,
    measure.value::bigint
FROM jsonb_each(%(counts)s) AS step, jsonb_each_text(step.value) AS measure
ON CONFLICT (client_id, run_id, step, measure) DO UPDATE SET value = excluded.value;
