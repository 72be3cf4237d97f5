-- name: effects/disclose :exec
-- Notes in the disclosure ledger which fields mails took to whom that turned out to be done.
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  now         timestamptz
-- index  effect_pkey
INSERT INTO disclosure (
    client_id, effect_id, customer_id, recipient, fields, authority, disclosed_at
)
SELECT
    client_id,
    effect_id,
    customer_id,
    target,
    ARRAY(SELECT jsonb_object_keys(after) ORDER BY 1),
    coalesce(authority, 'client instruction: ' || kind),
    %(now)s
FROM effect
WHERE
    client_id = %(client_id)s
    AND state = 'done'
    AND effect_id = ANY(%(effect_ids)s)
ON CONFLICT (client_id, effect_id) DO NOTHING;
