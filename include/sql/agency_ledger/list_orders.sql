-- name: agency_ledger/list_orders :many
-- The orders that were tried at an agency since a moment, for holding against what it charged.
-- column  effect_id          uuid
-- column  customer_id        text
-- column  company_reference  text
-- column  state              text
-- column  started_at         timestamptz  of the first try
-- column  ended_at           timestamptz  of the last, null while one is under way
-- column  is_known_charged   boolean      the agency's ledger had it when its outcome was settled
-- column  resend_count       bigint       how often a person had it placed again
-- param  client_id  text
-- param  agency     text
-- param  since      timestamptz
-- index  effect_credit, effect_attempt_pkey
SELECT
    effect.effect_id,
    effect.customer_id,
    effect.body ->> 'company_reference' AS company_reference,
    effect.state,
    tried.started_at,
    CASE WHEN effect.state <> 'inflight' THEN tried.ended_at END AS ended_at,
    coalesce(effect.outcome ? 'charge', FALSE) AS is_known_charged,
    (
        SELECT count(*)
        FROM audit_entry AS entry
        WHERE
            entry.client_id = effect.client_id
            AND entry.action = 'effect.resent'
            AND entry.summary ->> 'effect_id' = effect.effect_id::text
    ) AS resend_count
FROM effect
INNER JOIN LATERAL (
    SELECT
        min(attempt.started_at) AS started_at,
        max(attempt.ended_at) AS ended_at,
        bool_or(attempt.outcome IN ('unknown', 'lost')) AS is_doubted
    FROM effect_attempt AS attempt
    WHERE attempt.client_id = effect.client_id AND attempt.effect_id = effect.effect_id
) AS tried ON TRUE
WHERE
    effect.client_id = %(client_id)s
    AND effect.kind = 'credit_order'
    AND effect.target = %(agency)s
    -- One that was withdrawn counts no attempts any more, though one of them may have been charged.
    AND (effect.attempt_count > 0 OR tried.is_doubted)
    AND coalesce(tried.ended_at, 'infinity') >= %(since)s
ORDER BY tried.started_at, effect.effect_id;
