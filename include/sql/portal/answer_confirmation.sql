-- name: portal/answer_confirmation :one
-- Records the answer if the request is still open; true for the one call that did.
-- param  token_hash   bytea
-- param  verdict      text
-- param  corrections  jsonb
-- param  answered_at  timestamptz
-- returns  is_recorded  boolean
-- index  confirmation_request_token
SELECT
    mastersync.answer_confirmation(
        %(token_hash)s, %(verdict)s, %(corrections)s, %(answered_at)s
    ) AS is_recorded;
