-- name: effects/list_still_held :many
-- Which claimed effects nobody else has taken over: asked right before each deed.
-- column  effect_id  uuid
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  fences      bigint[]
-- index  effect_pkey
SELECT effect.effect_id
FROM unnest(%(effect_ids)s, %(fences)s) AS held (effect_id, fence)
INNER JOIN effect
    ON
        effect.client_id = %(client_id)s
        AND effect.effect_id = held.effect_id
        AND effect.fence = held.fence
        AND effect.state = 'inflight';
