-- name: effects/replace_planned :many
-- Withdraws pushes to the same records that have not left yet; newer ones take their place.
-- One that takes a write back is a person's word, and stays.
-- column  effect_id  uuid
-- param  client_id   text
-- param  record_ids  bigint[]
-- param  keys        text[]
-- param  now         timestamptz
-- index  effect_record
UPDATE effect
SET
    state = 'cancelled',
    problem = 'a newer plan took its place',
    settled_at = %(now)s
WHERE
    client_id = %(client_id)s
    AND kind = 'push'
    AND state IN ('ready', 'held')
    AND record_id = ANY(%(record_ids)s)
    AND idempotency_key <> ALL(%(keys)s)
    AND NOT body ? 'undoes'
RETURNING effect_id;
