-- name: outbox/choose_effects :many
-- Effects that a person chose, the newest plan first; a null is no condition.
-- column  effect_id      uuid
-- column  kind           text
-- column  target         text
-- column  run_id         text
-- column  customer_id    text
-- column  record_id      bigint
-- column  record_key     text
-- column  is_creation    boolean
-- column  state          text
-- column  held_for       text
-- column  not_before     timestamptz
-- column  planned_at     timestamptz
-- column  settled_at     timestamptz
-- column  attempt_count  integer
-- column  cost           numeric
-- column  currency       text
-- column  problem        text
-- column  before         jsonb
-- column  after          jsonb
-- column  transformation  text         version of the rules that gave a push its values
-- column  undoes         boolean      it takes others back
-- column  is_undone      boolean      another one took it back, or is about to
-- column  is_in_doubt    boolean      an attempt of it may have got through
-- param  client_id    text
-- param  effect_ids   uuid[]
-- param  run_id       text
-- param  customer_id  text
-- param  target       text
-- param  kind         text
-- param  states       text[]
-- param  max_effects  integer   null: all
-- index  effect_pkey, effect_run, effect_customer
SELECT
    effect.effect_id,
    effect.kind,
    effect.target,
    effect.run_id,
    effect.customer_id,
    effect.record_id,
    record.source_key AS record_key,
    effect.kind = 'push' AND effect.body ->> 'key' IS NULL AS is_creation,
    effect.state,
    effect.held_for,
    effect.not_before,
    effect.planned_at,
    effect.settled_at,
    effect.attempt_count,
    effect.cost,
    effect.currency,
    effect.problem,
    effect.before,
    effect.after,
    effect.body ->> 'transformation' AS transformation,
    effect.body ? 'undoes' AS undoes,
    exists(
        SELECT 1 FROM effect AS undo
        WHERE
            undo.client_id = effect.client_id
            AND undo.record_id = effect.record_id
            AND undo.kind = 'push'
            AND undo.body -> 'undoes' ? effect.effect_id::text
            AND undo.state NOT IN ('failed', 'cancelled')
    ) AS is_undone,
    exists(
        SELECT 1 FROM effect_attempt AS attempt
        WHERE
            attempt.client_id = effect.client_id
            AND attempt.effect_id = effect.effect_id
            AND (attempt.outcome IS NULL OR attempt.outcome IN ('unknown', 'lost'))
    ) AS is_in_doubt
FROM effect
LEFT JOIN source_record AS record USING (client_id, record_id)
WHERE
    effect.client_id = %(client_id)s
    AND (%(effect_ids)s IS NULL OR effect.effect_id = ANY(%(effect_ids)s))
    AND (%(run_id)s IS NULL OR effect.run_id = %(run_id)s)
    AND (%(customer_id)s IS NULL OR effect.customer_id = %(customer_id)s)
    AND (%(target)s IS NULL OR effect.target = %(target)s)
    AND (%(kind)s IS NULL OR effect.kind = %(kind)s)
    AND (%(states)s IS NULL OR effect.state = ANY(%(states)s))
ORDER BY effect.planned_at DESC, effect.kind ASC, effect.target ASC, effect.effect_id ASC
LIMIT %(max_effects)s;
