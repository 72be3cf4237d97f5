-- name: sla/list_told :many
-- What people said of these cases: pauses with their end, and waivers, taken back or not.
-- column  case_id         text
-- column  pause_id        bigint       null: a waiver
-- column  waiver_id       bigint       null: a pause
-- column  cause           text         null: a waiver
-- column  clock           text         of a waiver; empty: all of the case
-- column  evidence        text         with who said it
-- column  since           timestamptz
-- column  until           timestamptz  null: it is paused still, or a waiver
-- column  ended_by        text
-- column  withdrawn_at    timestamptz  null: it holds
-- column  withdrawn_with  text         the reason, and who said it
-- param  client_id  text
-- param  case_ids   text[]
-- index  sla_pause_case, sla_waiver_case, sla_resumption_pkey
-- index  sla_withdrawal_client_id_pause_id_key, sla_withdrawal_client_id_waiver_id_key
SELECT
    told.case_id,
    told.pause_id,
    told.waiver_id,
    told.cause,
    told.clock,
    told.evidence,
    told.since,
    told.until,
    told.ended_by,
    coalesce(of_pause.withdrawn_at, of_waiver.withdrawn_at) AS withdrawn_at,
    coalesce(
        of_pause.reason || ' (' || of_pause.author || ')',
        of_waiver.reason || ' (' || of_waiver.author || ')'
    ) AS withdrawn_with
FROM (
    SELECT
        pause.case_id,
        pause.pause_id,
        NULL::bigint AS waiver_id,
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
        waiver_id,
        NULL,
        clock,
        evidence || ' (' || author || ')',
        waived_at,
        NULL,
        NULL
    FROM sla_waiver
    WHERE client_id = %(client_id)s AND case_id = ANY(%(case_ids)s)
) AS told
LEFT JOIN sla_withdrawal AS of_pause
    ON of_pause.client_id = %(client_id)s AND told.pause_id = of_pause.pause_id
LEFT JOIN sla_withdrawal AS of_waiver
    ON of_waiver.client_id = %(client_id)s AND told.waiver_id = of_waiver.waiver_id
ORDER BY told.case_id, told.since, told.pause_id, told.waiver_id;
