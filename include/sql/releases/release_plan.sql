-- name: releases/release_plan :exec
-- Lets the held effects of a run go out, each when it has waited its time since it was planned.
-- What a person holds stays held.
-- param  client_id  text
-- param  run_id     text
-- param  kinds      text[]
-- param  hold       jsonb        kind to seconds
-- param  now        timestamptz
-- index  effect_run
UPDATE effect
SET
    state = 'ready',
    held_for = NULL,
    not_before = greatest(
        %(now)s,
        planned_at + make_interval(secs => coalesce((%(hold)s::jsonb ->> kind)::float, 0))
    )
WHERE
    client_id = %(client_id)s
    AND run_id = %(run_id)s
    AND kind = ANY(%(kinds)s)
    AND state = 'held'
    AND held_for IS DISTINCT FROM 'person';
