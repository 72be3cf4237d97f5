-- name: plans/count_backlog :one
-- What is not of a run and may leave beside it, and what waited before it.
-- column  due      bigint
-- column  held     bigint
-- column  waiting  bigint
-- param  client_id  text
-- param  run_id     text
-- index  effect_unsettled, version_state_open
SELECT
    (
        SELECT count(*) FROM effect
        WHERE client_id = %(client_id)s AND state = 'ready' AND run_id <> %(run_id)s
    ) AS due,
    (
        SELECT count(*) FROM effect
        WHERE client_id = %(client_id)s AND state = 'held' AND run_id <> %(run_id)s
    ) AS held,
    (
        SELECT count(*) FROM version_state
        WHERE
            client_id = %(client_id)s
            AND state IN ('waiting', 'set_aside')
            AND run_id <> %(run_id)s
    ) AS waiting;
