-- name: credit_decisions/list_recommendations :many
-- The newest recommendation on each customer, or on one merged into it.
-- column  customer_id        text
-- column  recommendation_id  bigint
-- column  outcome            text
-- column  credit_limit       numeric      null: open
-- column  currency           text
-- column  payment_terms      text
-- column  evidence           jsonb
-- column  basis              text
-- column  rule_version       text
-- column  recommended_at     timestamptz
-- param  client_id     text
-- param  customer_ids  text[]
-- index  credit_recommendation_customer, customer_redirect
SELECT DISTINCT ON (own.live_id)
    own.live_id AS customer_id,
    found.recommendation_id,
    found.outcome,
    found.credit_limit,
    found.currency,
    found.payment_terms,
    found.evidence,
    found.basis,
    found.rule_version,
    found.recommended_at
FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
INNER JOIN credit_recommendation AS found
    ON found.client_id = %(client_id)s AND own.customer_id = found.customer_id
ORDER BY own.live_id ASC, found.recommendation_id DESC;
