-- name: agency_sessions/lock_session :one
-- Looks at the session of an account, alone. Other credentials than those before begin anew.
-- column  sealed_token   bytea    null when there is none, or its life is over
-- column  is_refused     boolean  these credentials were refused lately
-- column  is_logging_in  boolean  another worker is at it
-- param  client_id    text
-- param  account      text
-- param  credentials  text
-- index  agency_session_pkey
INSERT INTO agency_session AS held (client_id, account, credentials)
VALUES (%(client_id)s, %(account)s, %(credentials)s)
ON CONFLICT (client_id, account) DO UPDATE SET
    credentials = excluded.credentials,
    token = CASE WHEN held.credentials = excluded.credentials THEN held.token END,
    refused_until = CASE
        WHEN held.credentials = excluded.credentials THEN held.refused_until
        ELSE '-infinity'
    END
RETURNING
    CASE WHEN good_until > clock_timestamp() THEN token END AS sealed_token,
    refused_until > clock_timestamp() AS is_refused,
    logging_in_until > clock_timestamp() AS is_logging_in;
