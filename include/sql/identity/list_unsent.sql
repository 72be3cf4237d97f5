-- name: identity/list_unsent :many
-- The effects of a customer that were never tried, locked: no worker claims them meanwhile.
-- column  effect_id  uuid
-- column  kind       text
-- column  state      text
-- column  record_id  bigint
-- column  run_id     text
-- param  client_id    text
-- param  customer_id  text
-- index  effect_customer
SELECT
    effect_id,
    kind,
    state,
    record_id,
    run_id
FROM effect
WHERE
    client_id = %(client_id)s
    AND customer_id = %(customer_id)s
    AND state IN ('ready', 'held')
    AND attempt_count = 0
ORDER BY effect_id
FOR UPDATE;
