-- name: credit_decisions/keep_decisions :many
-- Keeps decisions on customers' credit; returns each one's number.
-- column  customer_id  text
-- column  decision_id  bigint
-- param  client_id  text
-- param  rows       jsonb
-- param  now        timestamptz
INSERT INTO credit_decision (
    client_id, customer_id, outcome, credit_limit, currency, payment_terms, requested,
    subject_type, country, is_automatic, author, reason, evidence, basis, rule_version, report_id,
    recommendation_id, stands_until, decided_at
)
SELECT
    %(client_id)s,
    row.customer_id,
    row.outcome,
    row.credit_limit,
    row.currency,
    row.payment_terms,
    row.requested,
    row.subject_type,
    row.country,
    row.is_automatic,
    row.author,
    row.reason,
    row.evidence,
    row.basis,
    row.rule_version,
    row.report_id,
    row.recommendation_id,
    row.stands_until,
    %(now)s
FROM jsonb_to_recordset(%(rows)s) AS row (
    customer_id text, outcome text, credit_limit numeric, currency text, payment_terms text,
    requested numeric, subject_type text, country text, is_automatic boolean, author text,
    reason text, evidence jsonb, basis text, rule_version text, report_id bigint,
    recommendation_id bigint, stands_until timestamptz
)
ORDER BY row.customer_id
RETURNING customer_id, decision_id;
