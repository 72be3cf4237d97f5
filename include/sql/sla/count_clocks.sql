-- name: sla/count_clocks :many
-- How many clocks are in which state, by clause, and when the next one is due.
-- column  clause       text
-- column  state        text
-- column  clocks       bigint
-- column  open         bigint
-- column  next_due_at  timestamptz
-- param  client_id  text
-- index  sla_clock_open
SELECT
    clause,
    state,
    count(*) AS clocks,
    count(*) AS open,
    min(due_at) AS next_due_at
FROM sla_clock
WHERE client_id = %(client_id)s AND is_open
GROUP BY clause, state
ORDER BY clause, state;
