-- name: outbox/release_effects :exec
-- Lets held effects go out at once, on a person's word; what was tried, not before its last request
-- is surely over.
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  now         timestamptz
-- index  effect_pkey
UPDATE effect
SET
    state = 'ready',
    held_for = NULL,
    not_before = CASE
        WHEN attempt_count > 0 THEN greatest(not_before, %(now)s)
        ELSE %(now)s
    END
WHERE
    client_id = %(client_id)s
    AND effect_id = ANY(%(effect_ids)s)
    AND state = 'held';
