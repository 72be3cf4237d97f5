-- name: releases/list_held_by_people :many
-- Pushes of these customers or to these records that a person holds, but for those that undo.
-- column  effect_id    uuid
-- column  target       text
-- column  customer_id  text
-- column  record_id    bigint   null: a creation
-- param  client_id     text
-- param  customer_ids  text[]
-- param  record_ids    bigint[]
-- index  effect_customer, effect_record
SELECT
    effect_id,
    target,
    customer_id,
    record_id
FROM effect
WHERE
    client_id = %(client_id)s
    AND kind = 'push'
    AND state = 'held'
    AND held_for = 'person'
    AND (customer_id = ANY(%(customer_ids)s) OR record_id = ANY(%(record_ids)s))
    AND NOT body ? 'undoes'
ORDER BY planned_at, effect_id;
