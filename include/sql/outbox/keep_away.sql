-- name: outbox/keep_away :exec
-- Decides that values are not written to fields of a record again, where that does not hold yet.
-- param  client_id   text
-- param  system      text
-- param  source_key  text
-- param  values      jsonb        path to JSON text
-- param  author      text
-- param  reason      text
-- param  now         timestamptz
-- index  decision_rollback, decision_withdrawal_pkey
INSERT INTO decision (
    client_id, kind, left_system, left_key, field, value, author, reason, decided_at
)
SELECT
    %(client_id)s,
    'rollback',
    %(system)s,
    %(source_key)s,
    kept.key,
    kept.value,
    %(author)s,
    %(reason)s,
    %(now)s
FROM jsonb_each_text(%(values)s) AS kept
WHERE
    NOT EXISTS (
        SELECT 1
        FROM decision AS held
        LEFT JOIN decision_withdrawal AS lifted USING (client_id, decision_id)
        WHERE
            held.client_id = %(client_id)s
            AND held.kind = 'rollback'
            AND held.left_system = %(system)s
            AND held.left_key = %(source_key)s
            AND held.field = kept.key
            AND held.value = kept.value
            AND lifted.decision_id IS NULL
    );
