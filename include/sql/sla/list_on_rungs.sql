-- name: sla/list_on_rungs :many
-- Those of the clocks of these cases that people were told of when they were read last.
-- column  case_id  text
-- column  clock    text
-- column  clause   text
-- column  rung     numeric
-- param  client_id  text
-- param  case_ids   text[]
-- index  sla_clock_pkey
SELECT
    case_id,
    clock,
    clause,
    rung
FROM sla_clock
WHERE client_id = %(client_id)s AND case_id = ANY(%(case_ids)s) AND rung IS NOT NULL
ORDER BY case_id, clock;
