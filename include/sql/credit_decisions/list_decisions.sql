-- name: credit_decisions/list_decisions :many
-- The decisions on each customer's credit, or on that of one merged into it, the newest first.
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
-- param  client_id     text
-- param  customer_ids  text[]
-- param  decided_by    timestamptz  null: whenever
-- param  only_newest   boolean
-- index  credit_decision_customer, customer_redirect
WITH decided AS (
    SELECT
        own.live_id,
        decision.*,
        row_number() OVER (
            PARTITION BY own.live_id ORDER BY decision.decided_at DESC, decision.decision_id DESC
        ) AS place
    FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
    INNER JOIN credit_decision AS decision
        ON decision.client_id = %(client_id)s AND own.customer_id = decision.customer_id
    WHERE %(decided_by)s IS NULL OR decision.decided_at <= %(decided_by)s
)

SELECT
    live_id AS customer_id,
    decision_id,
    outcome,
    credit_limit,
    currency,
    payment_terms,
    requested,
    subject_type,
    country,
    is_automatic,
    author,
    reason,
    evidence,
    basis,
    rule_version,
    report_id,
    recommendation_id,
    decided_at
FROM decided
WHERE place = 1 OR NOT %(only_newest)s
ORDER BY live_id, place;
