-- name: outbox/list_rolled_back :many
-- What is kept away from records because it was rolled back, and nobody has lifted it.
-- column  decision_id  bigint
-- column  system       text
-- column  source_key   text
-- column  path         text
-- column  value        text         JSON
-- column  author       text
-- column  reason       text
-- column  decided_at   timestamptz
-- param  client_id     text
-- param  record_ids    bigint[]   null: of all records
-- param  decision_ids  bigint[]   null: all
-- index  decision_rollback, decision_withdrawal_pkey
SELECT
    decision.decision_id,
    decision.left_system AS system,
    decision.left_key AS source_key,
    decision.field AS path,
    decision.value,
    decision.author,
    decision.reason,
    decision.decided_at
FROM decision
INNER JOIN source_record AS record
    ON
        decision.client_id = record.client_id
        AND decision.left_system = record.system
        AND decision.left_key = record.source_key
WHERE
    decision.client_id = %(client_id)s
    AND decision.kind = 'rollback'
    AND (%(record_ids)s IS NULL OR record.record_id = ANY(%(record_ids)s))
    AND (%(decision_ids)s IS NULL OR decision.decision_id = ANY(%(decision_ids)s))
    AND NOT EXISTS (
        SELECT 1
        FROM decision_withdrawal AS withdrawal
        WHERE
            withdrawal.client_id = decision.client_id
            AND withdrawal.decision_id = decision.decision_id
    )
ORDER BY decision.decision_id;
