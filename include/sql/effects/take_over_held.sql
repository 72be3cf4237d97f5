-- name: effects/take_over_held :exec
-- Makes what runs have planned that died before their guards saw it part of this run's plan.
-- param  client_id  text
-- param  run_id     text
-- index  effect_unsettled, run_pkey
UPDATE effect
SET run_id = %(run_id)s
FROM run
WHERE
    effect.client_id = %(client_id)s
    AND effect.state = 'held'
    AND run.client_id = effect.client_id
    AND run.run_id = effect.run_id
    AND run.run_id <> %(run_id)s
    AND run.planned_at IS NULL;
