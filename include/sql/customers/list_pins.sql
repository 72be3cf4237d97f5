-- name: customers/list_pins :many
-- The pins in force at a time on these customers, and on those merged into them, oldest first.
-- column  customer_id  text
-- column  decision_id  bigint
-- column  field        text
-- column  value        text
-- column  author       text
-- column  reason       text
-- column  decided_at   timestamptz
-- column  expires_at   timestamptz
-- param  client_id     text
-- param  customer_ids  text[]
-- param  now           timestamptz
-- index  decision_customer, customer_redirect
SELECT
    own.live_id AS customer_id,
    pin.decision_id,
    pin.field,
    pin.value,
    pin.author,
    pin.reason,
    pin.decided_at,
    pin.expires_at
FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
INNER JOIN decision AS pin
    ON
        pin.client_id = %(client_id)s
        AND pin.kind = 'pin'
        AND own.customer_id = pin.customer_id
WHERE
    pin.decided_at <= %(now)s
    AND (pin.expires_at IS NULL OR pin.expires_at > %(now)s)
    AND NOT EXISTS (
        SELECT 1
        FROM decision_withdrawal AS withdrawal
        WHERE
            withdrawal.client_id = pin.client_id
            AND withdrawal.decision_id = pin.decision_id
            AND withdrawal.withdrawn_at <= %(now)s
    )
ORDER BY pin.decision_id;
