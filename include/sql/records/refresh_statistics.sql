-- name: records/refresh_statistics :exec
-- Has the planner look again at the tables that a large delta has filled.
SELECT mastersync.refresh_statistics();
