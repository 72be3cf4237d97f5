-- name: credit_decisions/keep_recommendations :many
-- Keeps what was recommended on customers; returns each one's number.
-- column  customer_id        text
-- column  recommendation_id  bigint
-- param  client_id     text
-- param  rows          jsonb
-- param  rule_version  text
-- param  now           timestamptz
INSERT INTO credit_recommendation (
    client_id, customer_id, outcome, credit_limit, currency, payment_terms, evidence, basis,
    rule_version, recommended_at
)
SELECT
    %(client_id)s,
    row.customer_id,
    row.outcome,
    row.credit_limit,
    row.currency,
    row.payment_terms,
    row.evidence,
    row.basis,
    %(rule_version)s,
    %(now)s
FROM jsonb_to_recordset(%(rows)s) AS row (
    customer_id text, outcome text, credit_limit numeric, currency text, payment_terms text,
    evidence jsonb, basis text
)
ORDER BY row.customer_id
RETURNING customer_id, recommendation_id;
