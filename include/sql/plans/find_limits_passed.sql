-- name: plans/find_limits_passed :many
-- What the guards say of a run's plan, in words; no row when it is within the client's limits.
-- column  cause  text
-- param  client_id  text
-- param  run_id     text
-- index  ticket_client_id_cause_key_key
SELECT cause
FROM ticket
WHERE client_id = %(client_id)s AND cause_key = 'guard:' || %(run_id)s AND state = 'open';
