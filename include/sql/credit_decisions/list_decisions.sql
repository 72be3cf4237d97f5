-- name: credit_decisions/list_decisions :many
-- The decisions on each customer's credit, or on that of one merged into it.
-- column  customer_id        text
-- column  decision_id        bigint
-- column  outcome            text
-- column  credit_limit       numeric
-- column  currency           text
-- column  payment_terms      text
-- column  requested          numeric      null: nobody said
-- column  subject_type       text
-- column  country            text
-- column  is_automatic       boolean
-- column  author             text
-- column  reason             text
-- column  evidence           jsonb
-- column  basis              text
-- column  rule_version       text
-- column  report_id          bigint       null: none
-- column  recommendation_id  bigint       null: none
-- column  decided_at         timestamptz
-- column  stands_until       timestamptz  null: an automatic one
-- param  client_id     text
-- param  customer_ids  text[]
-- param  decided_by    timestamptz  null: whenever
-- index  credit_decision_customer, customer_redirect
SELECT
    own.live_id AS customer_id,
    decision.decision_id,
    decision.outcome,
    decision.credit_limit,
    decision.currency,
    decision.payment_terms,
    decision.requested,
    decision.subject_type,
    decision.country,
    decision.is_automatic,
    decision.author,
    decision.reason,
    decision.evidence,
    decision.basis,
    decision.rule_version,
    decision.report_id,
    decision.recommendation_id,
    decision.decided_at,
    decision.stands_until
FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
INNER JOIN credit_decision AS decision
    ON decision.client_id = %(client_id)s AND own.customer_id = decision.customer_id
WHERE %(decided_by)s IS NULL OR decision.decided_at <= %(decided_by)s
ORDER BY own.live_id, decision.decided_at, decision.decision_id;
