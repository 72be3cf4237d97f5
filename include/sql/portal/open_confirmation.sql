-- name: portal/open_confirmation :maybe
-- What one link leads to; no row for a token that nobody was given.
-- param  token_hash  bytea
-- returns  client_name  text, language  text, shown  jsonb, state  text
-- returns  expires_at  timestamptz, answered_at  timestamptz
-- index  confirmation_request_token
SELECT
    client_name,
    language,
    shown,
    state,
    expires_at,
    answered_at
FROM mastersync.open_confirmation(%(token_hash)s);
