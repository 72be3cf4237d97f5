-- name: releases/take_over_held :exec
-- Makes part of this run's plan what runs have planned that died before their guards saw it, what
-- waits for an approval that nobody gave, and what was only watched.
-- param  client_id  text
-- param  run_id     text
-- index  effect_unsettled, run_pkey
UPDATE effect
SET run_id = %(run_id)s, held_for = NULL
FROM run
WHERE
    effect.client_id = %(client_id)s
    AND effect.state = 'held'
    AND run.client_id = effect.client_id
    AND run.run_id = effect.run_id
    AND run.run_id <> %(run_id)s
    AND (
        (run.planned_at IS NULL AND effect.held_for IS NULL)
        OR effect.held_for IN ('approval', 'shadow')
    );
