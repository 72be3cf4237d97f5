-- name: effects/count_planned :one
-- How many effects of a kind a run has planned, with those of earlier runs that become part of its
-- plan (take_over_held): what a run may send is not saved up while nobody lets it go.
-- column  count  bigint
-- param  client_id  text
-- param  run_id     text
-- param  kind       text
-- index  effect_run, effect_unsettled
SELECT count(*)
FROM effect
WHERE
    client_id = %(client_id)s
    AND kind = %(kind)s
    AND (
        run_id = %(run_id)s
        OR (state = 'held' AND (held_for IS NULL OR held_for IN ('approval', 'shadow')))
    );
