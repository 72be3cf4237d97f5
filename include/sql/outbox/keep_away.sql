-- name: outbox/keep_away :exec
-- Decides that values are not written to fields of a record again.
-- param  client_id   text
-- param  system      text
-- param  source_key  text
-- param  values      jsonb        path to JSON text
-- param  author      text
-- param  reason      text
-- param  now         timestamptz
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
FROM jsonb_each_text(%(values)s) AS kept;
