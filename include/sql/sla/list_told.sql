-- name: sla/list_told :many
-- What people said of these cases: pauses with their end, and waivers.
-- column  case_id    text
-- column  pause_id   bigint       null: a waiver
-- column  cause      text         null: a waiver
-- column  clock      text         of a waiver; empty: all of the case
-- column  evidence   text         with who said it
-- column  since      timestamptz
-- column  until      timestamptz  null: it is paused still, or a waiver
-- column  ended_by   text
-- param  client_id  text
-- param  case_ids   text[]
-- index  sla_pause_case, sla_waiver_case, sla_resumption_pkey
SELECT
    pause.case_id,
    pause.pause_id,
    pause.cause,
    '' AS clock,
    pause.evidence || ' (' || pause.author || ')' AS evidence,
    pause.paused_at AS since,
    resumption.resumed_at AS until,
    resumption.evidence || ' (' || resumption.author || ')' AS ended_by
FROM sla_pause AS pause
LEFT JOIN sla_resumption AS resumption USING (client_id, pause_id)
WHERE pause.client_id = %(client_id)s AND pause.case_id = ANY(%(case_ids)s)
UNION ALL
SELECT
    case_id,
    NULL,
    NULL,
    clock,
    evidence || ' (' || author || ')',
    waived_at,
    NULL,
    NULL
FROM sla_waiver
WHERE client_id = %(client_id)s AND case_id = ANY(%(case_ids)s)
ORDER BY case_id, since;
