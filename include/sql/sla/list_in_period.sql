-- name: sla/list_in_period :many
-- The cases that a report of a stretch of time is about: of which a clock was decided in it, or is
-- not over and began before its end.
-- column  case_id  text
-- param  client_id  text
-- param  since      timestamptz
-- param  until      timestamptz
-- index  sla_clock_decided, sla_clock_open
SELECT case_id FROM sla_clock
WHERE client_id = %(client_id)s AND decided_at >= %(since)s AND decided_at < %(until)s
UNION
SELECT case_id FROM sla_clock
WHERE client_id = %(client_id)s AND is_open AND started_at < %(until)s
ORDER BY case_id;
