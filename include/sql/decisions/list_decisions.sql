-- name: decisions/list_decisions :many
-- Decisions on pairs, the newest first, with what became of them; one of them, or all.
-- column  decision_id        bigint
-- column  kind               text
-- column  left_system        text
-- column  left_key           text
-- column  right_system       text
-- column  right_key          text
-- column  relation           text
-- column  author             text
-- column  reason             text
-- column  decided_at         timestamptz
-- column  expires_at         timestamptz
-- column  ticket_id          bigint
-- column  withdrawn_by       text
-- column  withdrawal_reason  text
-- column  withdrawn_at       timestamptz
-- param  client_id      text
-- param  decision_id    bigint   null: all
-- param  max_decisions  integer
-- index  decision_pkey, decision_withdrawal_pkey
SELECT
    decision.decision_id,
    decision.kind,
    decision.left_system,
    decision.left_key,
    decision.right_system,
    decision.right_key,
    decision.relation,
    decision.author,
    decision.reason,
    decision.decided_at,
    decision.expires_at,
    decision.ticket_id,
    withdrawal.author AS withdrawn_by,
    withdrawal.reason AS withdrawal_reason,
    withdrawal.withdrawn_at
FROM decision
LEFT JOIN decision_withdrawal AS withdrawal USING (client_id, decision_id)
WHERE
    decision.client_id = %(client_id)s
    AND decision.kind IN ('same', 'not_same', 'related')
    AND (%(decision_id)s IS NULL OR decision.decision_id = %(decision_id)s)
ORDER BY decision.decision_id DESC
LIMIT %(max_decisions)s;
