-- name: customers/list_credit_decisions :many
-- All decisions on the credit of each customer, or of one merged into it; or those made by a time.
-- column  customer_id    text
-- column  decision_id    bigint
-- column  credit_limit   numeric
-- column  currency       text
-- column  payment_terms  text         empty: they stay as they are
-- column  author         text
-- column  reason         text
-- column  is_automatic   boolean
-- column  basis          text
-- column  requested      numeric      null: nobody said
-- column  decided_at     timestamptz
-- column  stands_until   timestamptz  null: an automatic one
-- param  client_id     text
-- param  customer_ids  text[]
-- param  decided_by    timestamptz  null: whenever
-- index  credit_decision_customer, customer_redirect
SELECT
    own.live_id AS customer_id,
    decision.decision_id,
    decision.credit_limit,
    decision.currency,
    decision.payment_terms,
    decision.author,
    decision.reason,
    decision.is_automatic,
    decision.basis,
    decision.requested,
    decision.decided_at,
    decision.stands_until
FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
INNER JOIN credit_decision AS decision
    ON decision.client_id = %(client_id)s AND own.customer_id = decision.customer_id
WHERE %(decided_by)s IS NULL OR decision.decided_at <= %(decided_by)s
ORDER BY own.live_id, decision.decided_at, decision.decision_id;
