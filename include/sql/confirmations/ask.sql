-- name: confirmations/ask :exec
-- Keeps questions to customers.
-- param  client_id  text
-- param  rows       jsonb
-- param  now        timestamptz
-- index  confirmation_request_pkey
INSERT INTO confirmation_request (
    client_id, request_id, customer_id, effect_id, token_hash, client_name, language, shown,
    created_at, expires_at
)
SELECT
    %(client_id)s,
    row.request_id,
    row.customer_id,
    row.effect_id,
    decode(row.token_hash, 'hex'),
    row.client_name,
    row.language,
    row.shown,
    %(now)s,
    row.expires_at
FROM jsonb_to_recordset(%(rows)s) AS row (
    request_id uuid, customer_id text, effect_id uuid, token_hash text, client_name text,
    language text, shown jsonb, expires_at timestamptz
)
ON CONFLICT DO NOTHING;
