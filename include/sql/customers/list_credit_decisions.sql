-- name: customers/list_credit_decisions :many
-- The decision on the credit of each customer, or of one merged into it, that holds; or that held
-- at a time.
-- column  customer_id    text
-- column  decision_id    bigint
-- column  credit_limit   numeric
-- column  currency       text
-- column  payment_terms  text         empty: they stay as they are
-- column  author         text
-- column  reason         text
-- column  is_automatic   boolean
-- column  basis          text
-- column  decided_at     timestamptz
-- param  client_id     text
-- param  customer_ids  text[]
-- param  decided_by    timestamptz  null: whenever
-- index  credit_decision_customer, customer_redirect
SELECT DISTINCT ON (own.live_id)
    own.live_id AS customer_id,
    decision.decision_id,
    decision.credit_limit,
    decision.currency,
    decision.payment_terms,
    decision.author,
    decision.reason,
    decision.is_automatic,
    decision.basis,
    decision.decided_at
FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
INNER JOIN credit_decision AS decision
    ON decision.client_id = %(client_id)s AND own.customer_id = decision.customer_id
WHERE %(decided_by)s IS NULL OR decision.decided_at <= %(decided_by)s
ORDER BY own.live_id ASC, decision.decided_at DESC, decision.decision_id DESC;
