-- name: sla/list_clocks :many
-- The clocks of these cases, as they were read last.
-- column  case_id      text
-- column  clock        text
-- column  clause       text
-- column  request      text
-- column  segment      text
-- column  priority     text
-- column  record_id    bigint
-- column  customer_id  text
-- column  state        text
-- column  started_at   timestamptz
-- column  due_at       timestamptz
-- column  stopped_at   timestamptz
-- column  decided_at   timestamptz
-- column  used         float8
-- column  rung         numeric
-- column  look_at      timestamptz
-- param  client_id  text
-- param  case_ids   text[]
-- index  sla_clock_pkey
SELECT
    case_id,
    clock,
    clause,
    request,
    segment,
    priority,
    record_id,
    customer_id,
    state,
    started_at,
    due_at,
    stopped_at,
    decided_at,
    used,
    rung,
    look_at
FROM sla_clock
WHERE client_id = %(client_id)s AND case_id = ANY(%(case_ids)s)
ORDER BY case_id, clock;
