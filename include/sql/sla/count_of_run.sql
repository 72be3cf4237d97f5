-- name: sla/count_of_run :many
-- The clocks of what a run works on, by clause and state: of versions that it landed or settled.
-- column  clause       text
-- column  state        text
-- column  clocks       bigint
-- column  open         bigint
-- column  next_due_at  timestamptz
-- param  client_id  text
-- param  run_id     text
-- index  version_state_run, sla_clock_pkey
SELECT
    clock.clause,
    clock.state,
    count(*) AS clocks,
    count(*) FILTER (WHERE clock.is_open) AS open,
    min(clock.due_at) FILTER (WHERE clock.is_open) AS next_due_at
FROM version_state AS state
INNER JOIN sla_clock AS clock
    ON state.client_id = clock.client_id AND clock.case_id = 'version:' || state.version_id
WHERE state.client_id = %(client_id)s AND state.run_id = %(run_id)s
GROUP BY clock.clause, clock.state
ORDER BY clock.clause, clock.state;
