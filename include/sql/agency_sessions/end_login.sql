-- name: agency_sessions/end_login :exec
-- Notes that a log-in is over and brought nothing.
-- param  client_id  text
-- param  account    text
-- index  agency_session_pkey
UPDATE agency_session
SET logging_in_until = '-infinity'
WHERE client_id = %(client_id)s AND account = %(account)s;
