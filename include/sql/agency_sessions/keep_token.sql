-- name: agency_sessions/keep_token :exec
-- Keeps the token that a log-in brought.
-- param  client_id     text
-- param  account       text
-- param  sealed_token  bytea
-- param  lasts         interval
-- index  agency_session_pkey
UPDATE agency_session
SET
    token = %(sealed_token)s,
    good_until = clock_timestamp() + %(lasts)s,
    refused_until = '-infinity',
    logging_in_until = '-infinity'
WHERE client_id = %(client_id)s AND account = %(account)s;
