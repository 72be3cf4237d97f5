-- name: runs/lock_opening :exec
-- Lets nobody else open a run of this client until the transaction ends.
-- param  client_id  text
SELECT pg_advisory_xact_lock(hashtextextended('open:' || %(client_id)s, 0));
