-- name: sla/lock_watch :exec
-- Lets nobody else read this client's clocks until the transaction ends.
-- param  client_id  text
SELECT pg_advisory_xact_lock(hashtextextended('sla:' || %(client_id)s, 0));
