-- name: replays/list_pins :many
-- The pins that were in force when golden versions were formed, oldest first; with those on
-- customers who had been merged into them. One a golden version.
-- column  customer_id  text
-- column  version_no   integer
-- column  decision_id  bigint
-- column  field        text
-- column  value        text
-- column  author       text
-- column  reason       text
-- column  decided_at   timestamptz
-- column  expires_at   timestamptz
-- param  client_id     text
-- param  customer_ids  text[]
-- param  version_nos   integer[]
-- index  decision_customer, customer_redirect
SELECT
    golden.customer_id,
    golden.version_no,
    pin.decision_id,
    pin.field,
    pin.value,
    pin.author,
    pin.reason,
    pin.decided_at,
    pin.expires_at
FROM unnest(%(customer_ids)s, %(version_nos)s) AS asked (customer_id, version_no)
INNER JOIN golden_version AS golden
    ON
        golden.client_id = %(client_id)s
        AND asked.customer_id = golden.customer_id
        AND asked.version_no = golden.version_no
CROSS JOIN LATERAL customers_within(%(client_id)s, ARRAY[asked.customer_id]) AS own
INNER JOIN decision AS pin
    ON
        pin.client_id = %(client_id)s
        AND pin.kind = 'pin'
        AND own.customer_id = pin.customer_id
WHERE
    pin.decided_at <= golden.formed_at
    AND (pin.expires_at IS NULL OR pin.expires_at > golden.formed_at)
    AND NOT EXISTS (
        SELECT 1
        FROM decision_withdrawal AS withdrawal
        WHERE
            withdrawal.client_id = pin.client_id
            AND withdrawal.decision_id = pin.decision_id
            AND withdrawal.withdrawn_at <= golden.formed_at
    )
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
ORDER BY golden.customer_id, golden.version_no, pin.decision_id;
