-- name: replays/list_credit_decisions :many
-- The credit decisions that were made when golden versions were formed, on the customer or on one
-- who had been merged into it.
-- column  customer_id    text
-- column  version_no     integer
-- column  decision_id    bigint
-- column  credit_limit   numeric
-- column  currency       text
-- column  payment_terms  text
-- column  author         text
-- column  reason         text
-- column  is_automatic   boolean
-- column  basis          text
-- column  requested      numeric      null: nobody said
-- column  decided_at     timestamptz
-- column  stands_until   timestamptz  null: an automatic one
-- param  client_id     text
-- param  customer_ids  text[]
-- param  version_nos   integer[]
-- index  credit_decision_customer, customer_redirect
SELECT
    golden.customer_id,
    golden.version_no,
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
FROM unnest(%(customer_ids)s, %(version_nos)s) AS asked (customer_id, version_no)
INNER JOIN golden_version AS golden
    ON
        golden.client_id = %(client_id)s
        AND asked.customer_id = golden.customer_id
        AND asked.version_no = golden.version_no
CROSS JOIN LATERAL customers_within(%(client_id)s, ARRAY[asked.customer_id]) AS own
INNER JOIN credit_decision AS decision
    ON decision.client_id = %(client_id)s AND own.customer_id = decision.customer_id
WHERE
    decision.decided_at <= golden.formed_at
    AND (
        own.customer_id = golden.customer_id
        OR EXISTS (
            SELECT 1
            FROM identity_change AS change
            WHERE
                change.client_id = %(client_id)s
                AND change.kind = 'merged'
                AND change.from_customer_id = own.customer_id
                AND change.changed_at <= golden.formed_at
        )
    )
ORDER BY
    golden.customer_id, golden.version_no, decision.decided_at, decision.decision_id;
