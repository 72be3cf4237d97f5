-- name: sla/list_paused :many
-- The pauses of a case that are not over, nor taken back.
-- column  pause_id   bigint
-- column  paused_at  timestamptz
-- param  client_id  text
-- param  case_id    text
-- index  sla_pause_case, sla_resumption_pkey
SELECT
    pause.pause_id,
    pause.paused_at
FROM sla_pause AS pause
LEFT JOIN sla_resumption AS resumption USING (client_id, pause_id)
LEFT JOIN sla_withdrawal AS withdrawal USING (client_id, pause_id)
WHERE
    pause.client_id = %(client_id)s
    AND pause.case_id = %(case_id)s
    AND resumption.pause_id IS NULL
    AND withdrawal.pause_id IS NULL
ORDER BY pause.pause_id;
