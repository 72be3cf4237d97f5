-- name: effects/refresh_statistics :exec
-- Has the planner look again at the effects that a large plan adds.
SELECT mastersync.refresh_effect_statistics();
