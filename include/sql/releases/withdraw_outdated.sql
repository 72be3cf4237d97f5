-- name: releases/withdraw_outdated :many
-- Withdraws pushes of these customers that have not left and that their new plan lacks: what they
-- would have written is true no more. Those that undo something are a person's word, and stay; so
-- does what a person holds while nobody can tell what would be written instead.
-- column  effect_id  uuid
-- param  client_id     text
-- param  customer_ids  text[]
-- param  keys          text[]       idempotency keys of the new plan
-- param  kept          uuid[]       that stay though the new plan lacks them
-- param  now           timestamptz
-- index  effect_customer
UPDATE effect
SET state = 'cancelled', problem = 'a newer plan needs it no more', settled_at = %(now)s
WHERE
    client_id = %(client_id)s
    AND customer_id = ANY(%(customer_ids)s)
    AND kind = 'push'
    AND state IN ('ready', 'held')
    AND attempt_count = 0
    AND NOT body ? 'undoes'
    AND idempotency_key <> ALL(%(keys)s)
    AND effect_id <> ALL(%(kept)s)
RETURNING effect_id;
