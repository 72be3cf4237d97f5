-- name: match_index/share :exec
-- Keeps whoever links or rebuilds this client's records out until the transaction ends.
-- param  client_id  text
SELECT pg_advisory_xact_lock_shared(hashtextextended('match:' || %(client_id)s, 0));
