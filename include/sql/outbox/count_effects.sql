-- name: outbox/count_effects :many
-- How many effects that a person chose are in which state; a null is no condition.
-- column  kind      text
-- column  target    text
-- column  state     text
-- column  held_for  text
-- column  count     bigint
-- column  cost      numeric
-- param  client_id    text
-- param  effect_ids   uuid[]
-- param  run_id       text
-- param  customer_id  text
-- param  target       text
-- param  kind         text
-- param  states       text[]
-- index  effect_pkey, effect_run, effect_customer
SELECT
    effect.kind,
    effect.target,
    effect.state,
    effect.held_for,
    count(*) AS count,
    sum(effect.cost) AS cost
FROM effect
WHERE
    effect.client_id = %(client_id)s
    AND (%(effect_ids)s IS NULL OR effect.effect_id = ANY(%(effect_ids)s))
    AND (%(run_id)s IS NULL OR effect.run_id = %(run_id)s)
    AND (%(customer_id)s IS NULL OR effect.customer_id = %(customer_id)s)
    AND (%(target)s IS NULL OR effect.target = %(target)s)
    AND (%(kind)s IS NULL OR effect.kind = %(kind)s)
    AND (%(states)s IS NULL OR effect.state = ANY(%(states)s))
GROUP BY effect.kind, effect.target, effect.state, effect.held_for
ORDER BY effect.kind, effect.target, effect.state, effect.held_for;
