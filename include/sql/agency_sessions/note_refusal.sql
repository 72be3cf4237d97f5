-- name: agency_sessions/note_refusal :exec
-- Notes that the credentials were refused: nobody tries them again for a while.
-- param  client_id  text
-- param  account    text
-- param  rest       interval
-- index  agency_session_pkey
UPDATE agency_session
SET token = NULL, refused_until = clock_timestamp() + %(rest)s, logging_in_until = '-infinity'
WHERE client_id = %(client_id)s AND account = %(account)s;
