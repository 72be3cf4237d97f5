-- name: audit/append_entry :one
-- Adds one entry; a trigger numbers it and seals it to its predecessor, one writer at a time.
-- param  client_id  text
-- param  action     text
-- param  actor      text
-- param  run_id     text
-- param  summary    jsonb        counts, ids and digests; no personal data
-- param  now        timestamptz
-- column seq        bigint
INSERT INTO audit_entry (
    client_id, seq, action, actor, run_id, summary, happened_at, previous_hash, entry_hash
)
VALUES (
    %(client_id)s, 0, %(action)s, %(actor)s, %(run_id)s, %(summary)s, %(now)s, '', ''
)
RETURNING seq;
