-- name: matches/lock_client :exec
-- Lets nobody else match this client's records until the transaction ends.
-- param  client_id  text
SELECT pg_advisory_xact_lock(hashtextextended('match:' || %(client_id)s, 0));
