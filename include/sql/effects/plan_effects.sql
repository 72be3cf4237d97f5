-- name: effects/plan_effects :many
-- Adds effects whose key was never used. One that was withdrawn before anybody tried it, and is
-- planned again, is planned as if for the first time.
-- column  effect_id  uuid
-- param  client_id  text
-- param  run_id     text
-- param  rows       jsonb
-- param  now        timestamptz
-- index  effect_client_id_idempotency_key_key, effect_one_creation
WITH planned AS MATERIALIZED (
    SELECT row.*
    FROM jsonb_to_recordset(%(rows)s) AS row (
        effect_id uuid, kind text, target text, idempotency_key text, customer_id text,
        record_id bigint, body jsonb, before jsonb, after jsonb, cost numeric, currency text,
        subject_type text, purpose text, authority text, budget text, basis jsonb, state text,
        held_for text
    )
),

revived AS (
    UPDATE effect
    SET
        run_id = %(run_id)s,
        customer_id = planned.customer_id,
        body = planned.body,
        before = planned.before,
        after = planned.after,
        cost = coalesce(planned.cost, 0),
        currency = planned.currency,
        subject_type = planned.subject_type,
        purpose = planned.purpose,
        authority = planned.authority,
        budget = planned.budget,
        basis = planned.basis,
        state = planned.state,
        held_for = planned.held_for,
        not_before = %(now)s,
        planned_at = %(now)s,
        problem = NULL,
        settled_at = NULL
    FROM planned
    WHERE
        effect.client_id = %(client_id)s
        AND effect.idempotency_key = planned.idempotency_key
        AND effect.state = 'cancelled'
        AND effect.attempt_count = 0
        AND NOT EXISTS (
            SELECT 1
            FROM effect AS creation
            WHERE
                effect.kind = 'push'
                AND effect.body ->> 'key' IS NULL
                AND creation.client_id = effect.client_id
                AND creation.target = effect.target
                AND creation.customer_id = planned.customer_id
                AND creation.kind = 'push'
                AND creation.body ->> 'key' IS NULL
                AND creation.state NOT IN ('failed', 'cancelled')
        )
    RETURNING effect.effect_id
),

added AS (
    INSERT INTO effect (
        client_id, effect_id, kind, target, idempotency_key, run_id, customer_id, record_id,
        body, before, after, cost, currency, subject_type, purpose, authority, budget, basis,
        state, held_for, not_before, planned_at
    )
    SELECT
        %(client_id)s,
        effect_id,
        kind,
        target,
        idempotency_key,
        %(run_id)s,
        customer_id,
        record_id,
        body,
        before,
        after,
        coalesce(cost, 0),
        currency,
        subject_type,
        purpose,
        authority,
        budget,
        basis,
        state,
        held_for,
        %(now)s,
        %(now)s
    FROM planned
    ON CONFLICT DO NOTHING
    RETURNING effect_id
)

SELECT effect_id FROM revived
UNION ALL
SELECT effect_id FROM added;
