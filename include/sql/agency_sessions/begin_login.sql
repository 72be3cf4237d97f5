-- name: agency_sessions/begin_login :exec
-- Lets one worker log in, while all others wait.
-- param  client_id  text
-- param  account    text
-- param  at_most    interval
-- index  agency_session_pkey
UPDATE agency_session
SET logging_in_until = clock_timestamp() + %(at_most)s
WHERE client_id = %(client_id)s AND account = %(account)s;
