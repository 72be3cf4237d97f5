-- name: decisions/withdraw_decisions :exec
-- Takes decisions back, for good; what was withdrawn before stays as it was told then.
-- param  client_id     text
-- param  decision_ids  bigint[]
-- param  author        text
-- param  reason        text
-- param  now           timestamptz
-- index  decision_withdrawal_pkey
INSERT INTO decision_withdrawal (client_id, decision_id, author, reason, withdrawn_at)
SELECT
    %(client_id)s,
    taken.decision_id,
    %(author)s,
    %(reason)s,
    %(now)s
FROM unnest(%(decision_ids)s) AS taken (decision_id)
ON CONFLICT DO NOTHING;
