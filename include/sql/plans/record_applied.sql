-- name: plans/record_applied :exec
-- Notes that a plan is applied; of two who do it at once the second waits, and adds no row.
-- param  client_id  text
-- param  plan_id    text
-- param  digest     text
-- param  run_id     text
-- param  actor      text
-- param  now        timestamptz
-- index  applied_plan_pkey
INSERT INTO applied_plan (client_id, plan_id, digest, run_id, applied_by, applied_at)
VALUES (%(client_id)s, %(plan_id)s, %(digest)s, %(run_id)s, %(actor)s, %(now)s)
ON CONFLICT (client_id, plan_id) DO NOTHING;
