-- name: sla/keep_clocks :exec
-- Keeps clocks as they were read; what says the same as before is not written again.
-- param  client_id  text
-- param  rows       jsonb  times in seconds since 1970
-- index  sla_clock_pkey
INSERT INTO sla_clock (
    client_id, case_id, clock, clause, request, segment, priority, record_id, customer_id, state,
    started_at, due_at, stopped_at, decided_at, used, rung, look_at
)
SELECT
    %(client_id)s,
    row.case_id,
    row.clock,
    row.clause,
    row.request,
    row.segment,
    row.priority,
    row.record_id,
    row.customer_id,
    row.state,
    to_timestamp(row.started_at),
    to_timestamp(row.due_at),
    to_timestamp(row.stopped_at),
    to_timestamp(row.decided_at),
    row.used,
    row.rung,
    to_timestamp(row.look_at)
FROM jsonb_to_recordset(%(rows)s) AS row (
    case_id text, clock text, clause text, request text, segment text, priority text,
    record_id bigint, customer_id text, state text, started_at bigint, due_at bigint,
    stopped_at bigint, decided_at bigint, used double precision, rung numeric,
    look_at bigint
)
ON CONFLICT (client_id, case_id, clock) DO UPDATE
SET
    clause = excluded.clause,
    request = excluded.request,
    segment = excluded.segment,
    priority = excluded.priority,
    record_id = excluded.record_id,
    customer_id = excluded.customer_id,
    state = excluded.state,
    started_at = excluded.started_at,
    due_at = excluded.due_at,
    stopped_at = excluded.stopped_at,
    decided_at = excluded.decided_at,
    used = excluded.used,
    rung = excluded.rung,
    look_at = excluded.look_at
WHERE
    (
        sla_clock.clause, sla_clock.request, sla_clock.segment, sla_clock.priority,
        sla_clock.customer_id, sla_clock.state, sla_clock.started_at, sla_clock.due_at,
        sla_clock.stopped_at, sla_clock.decided_at, sla_clock.rung, sla_clock.look_at
    ) IS DISTINCT FROM (
        excluded.clause, excluded.request, excluded.segment, excluded.priority,
        excluded.customer_id, excluded.state, excluded.started_at, excluded.due_at,
        excluded.stopped_at, excluded.decided_at, excluded.rung, excluded.look_at
    );
