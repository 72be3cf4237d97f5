-- name: tickets/find_clock :maybe
-- The most urgent SLA clock of what an open ticket is about, and how many run; no row when none.
-- column  clause  text
-- column  state   text
-- column  due_at  timestamptz
-- column  clocks  bigint
-- param  client_id  text
-- param  ticket_id  bigint
-- index  ticket_subject_pkey, sla_clock_pkey
WITH about AS MATERIALIZED (
    SELECT substring(subject FROM '(?:version|answer):\d+$') AS case_id
    FROM ticket_subject
    WHERE client_id = %(client_id)s AND ticket_id = %(ticket_id)s AND cleared_at IS NULL
)

SELECT
    clock.clause,
    clock.state,
    clock.due_at,
    count(*) OVER () AS clocks
FROM about
INNER JOIN sla_clock AS clock
    ON
        clock.client_id = %(client_id)s
        AND about.case_id = clock.case_id
        AND clock.is_open
        AND clock.due_at IS NOT NULL
ORDER BY clock.due_at
LIMIT 1;
