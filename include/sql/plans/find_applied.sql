-- name: plans/find_applied :maybe
-- Who applied a plan, and when; no row when nobody has.
-- column  applied_by  text
-- column  applied_at  timestamptz
-- param  client_id  text
-- param  plan_id    text
-- index  applied_plan_pkey
SELECT
    applied_by,
    applied_at
FROM applied_plan
WHERE client_id = %(client_id)s AND plan_id = %(plan_id)s;
