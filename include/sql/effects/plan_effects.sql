-- name: effects/plan_effects :many
-- Adds effects whose key was never used.
-- column  effect_id  uuid
-- param  client_id  text
-- param  run_id     text
-- param  rows       jsonb
-- param  now        timestamptz
-- index  effect_client_id_idempotency_key_key
INSERT INTO effect (
    client_id, effect_id, kind, target, idempotency_key, run_id, customer_id, record_id,
    body, before, after, cost, currency, subject_type, purpose, authority, budget,
    state, not_before, planned_at
)
SELECT
    %(client_id)s,
    row.effect_id,
    row.kind,
    row.target,
    row.idempotency_key,
    %(run_id)s,
    row.customer_id,
    row.record_id,
    row.body,
    row.before,
    row.after,
    coalesce(row.cost, 0),
    row.currency,
    row.subject_type,
    row.purpose,
    row.authority,
    row.budget,
    row.state,
    %(now)s,
    %(now)s
FROM jsonb_to_recordset(%(rows)s) AS row (
    effect_id uuid, kind text, target text, idempotency_key text, customer_id text,
    record_id bigint, body jsonb, before jsonb, after jsonb, cost numeric, currency text,
    subject_type text, purpose text, authority text, budget text, state text
)
ON CONFLICT DO NOTHING
RETURNING effect_id;
