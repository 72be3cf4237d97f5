-- name: effects/count_planned :one
-- How many effects of a kind a run has planned.
-- column  count  bigint
-- param  client_id  text
-- param  run_id     text
-- param  kind       text
-- index  effect_run
SELECT count(*)
FROM effect
WHERE client_id = %(client_id)s AND run_id = %(run_id)s AND kind = %(kind)s;
