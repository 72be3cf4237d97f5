-- name: match_index/lock_model :exec
-- Lets nobody else learn this client's weights until the transaction ends.
-- param  client_id  text
SELECT pg_advisory_xact_lock(hashtextextended('model:' || %(client_id)s, 0));
