-- name: effects/register_created :exec
-- Gives each record that a push of ours created its row, so that it is known when it is read.
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  fences      bigint[]
-- param  keys        text[]
-- param  now         timestamptz
-- index  effect_pkey, source_record_client_id_system_source_key_key
INSERT INTO source_record (client_id, system, source_key, first_run_id, first_seen_at)
SELECT
    effect.client_id,
    effect.target,
    made.source_key,
    effect.run_id,
    %(now)s
FROM unnest(%(effect_ids)s, %(fences)s, %(keys)s) AS made (effect_id, fence, source_key)
INNER JOIN effect
    ON
        effect.client_id = %(client_id)s
        AND effect.effect_id = made.effect_id
        AND effect.fence = made.fence
        AND effect.state = 'inflight'
ON CONFLICT (client_id, system, source_key) DO NOTHING;
