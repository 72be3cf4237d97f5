-- name: sla/end_pauses :exec
-- Keeps that pauses are over; whoever was first is right.
-- param  client_id   text
-- param  pause_ids   bigint[]
-- param  resumed_at  timestamptz
-- param  evidence    text
-- param  author      text
-- param  now         timestamptz
-- index  sla_resumption_pkey
INSERT INTO sla_resumption (client_id, pause_id, evidence, resumed_at, author, told_at)
SELECT
    %(client_id)s,
    pause.pause_id,
    %(evidence)s,
    %(resumed_at)s,
    %(author)s,
    %(now)s
FROM unnest(%(pause_ids)s) AS pause (pause_id)
ON CONFLICT DO NOTHING;
