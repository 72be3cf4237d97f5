-- name: effects/attach_record :exec
-- Notes on creating effects which record they made.
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  record_ids  bigint[]
-- index  effect_pkey
UPDATE effect
SET record_id = made.record_id
FROM unnest(%(effect_ids)s, %(record_ids)s) AS made (effect_id, record_id)
WHERE effect.client_id = %(client_id)s AND effect.effect_id = made.effect_id;
