-- name: outbox/cancel_effects :exec
-- Withdraws effects that have not left, on a person's word.
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  why         text
-- param  now         timestamptz
-- index  effect_pkey
UPDATE effect
SET state = 'cancelled', problem = %(why)s, settled_at = %(now)s
WHERE
    client_id = %(client_id)s
    AND effect_id = ANY(%(effect_ids)s)
    AND state IN ('ready', 'held');
