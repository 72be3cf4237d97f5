-- name: credit_reports/lock_budget :exec
-- Lets nobody else order reports for this client until the transaction ends.
-- param  client_id  text
SELECT pg_advisory_xact_lock(hashtextextended('credit:' || %(client_id)s, 0));
