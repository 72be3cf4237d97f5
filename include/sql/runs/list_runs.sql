-- name: runs/list_runs :many
-- The newest runs with what they counted.
-- column  run_id     text
-- column  state      text
-- column  opened_at  timestamptz
-- column  closed_at  timestamptz
-- column  counts     jsonb        step to measure to number
-- param  client_id  text
-- param  max_runs   integer
-- index  run_pkey, run_count_pkey
SELECT
    run.run_id,
    run.state,
    run.opened_at,
    run.closed_at,
    coalesce((
        SELECT jsonb_object_agg(step.step, step.measures)
        FROM (
            SELECT
                run_count.step,
                jsonb_object_agg(run_count.measure, run_count.value) AS measures
            FROM run_count
            WHERE run_count.client_id = run.client_id AND run_count.run_id = run.run_id
            GROUP BY run_count.step
        ) AS step
    ), '{}') AS counts
FROM run
WHERE run.client_id = %(client_id)s
ORDER BY run.opened_at DESC, run.run_id DESC
LIMIT %(max_runs)s;
