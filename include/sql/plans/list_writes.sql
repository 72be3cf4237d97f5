-- name: plans/list_writes :many
-- The writes of a run that are not delivered yet.
-- column  target       text
-- column  key          text   null for a record that is created
-- column  customer_id  text
-- column  before       jsonb
-- column  after        jsonb
-- param  client_id  text
-- param  run_id     text
-- index  effect_run
SELECT
    target,
    body ->> 'key' AS key,
    customer_id,
    before,
    after
FROM effect
WHERE
    client_id = %(client_id)s AND run_id = %(run_id)s AND kind = 'push'
    AND state IN ('held', 'ready')
ORDER BY target, customer_id, key;
