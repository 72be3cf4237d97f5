-- name: effects/link_created :exec
-- Links the records that pushes created to the customers whom they were created for.
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  run_id      text
-- param  now         timestamptz
-- index  effect_pkey, link_current
INSERT INTO link (client_id, record_id, customer_id, rule, score, evidence, run_id, linked_at)
SELECT
    client_id,
    record_id,
    customer_id,
    'created_by_us',
    1.0,
    '{"sentence": "Same customer: we created this record for it."}',
    %(run_id)s,
    %(now)s
FROM effect
WHERE
    client_id = %(client_id)s
    AND effect_id = any(%(effect_ids)s)
    AND record_id IS NOT NULL
ON CONFLICT (client_id, record_id) WHERE ended_at IS NULL DO NOTHING;
