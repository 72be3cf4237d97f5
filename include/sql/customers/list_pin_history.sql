-- name: customers/list_pin_history :many
-- All pins there ever were on these customers, or on all of the client's, the newest first, with
-- what became of them. Of one that was merged since, the customer that it stands for.
-- column  decision_id        bigint
-- column  customer_id        text
-- column  field              text
-- column  value              text
-- column  author             text
-- column  reason             text
-- column  ticket_id          bigint
-- column  decided_at         timestamptz
-- column  expires_at         timestamptz
-- column  withdrawn_by       text
-- column  withdrawal_reason  text
-- column  withdrawn_at       timestamptz
-- param  client_id     text
-- param  customer_ids  text[]   null: all
-- param  max_pins      integer
-- index  decision_customer, decision_withdrawal_pkey, customer_pkey
SELECT
    pin.decision_id,
    CASE
        WHEN named.redirect_to IS NULL THEN named.customer_id
        ELSE live_customer(named.client_id, named.customer_id)
    END AS customer_id,
    pin.field,
    pin.value,
    pin.author,
    pin.reason,
    pin.ticket_id,
    pin.decided_at,
    pin.expires_at,
    withdrawal.author AS withdrawn_by,
    withdrawal.reason AS withdrawal_reason,
    withdrawal.withdrawn_at
FROM decision AS pin
INNER JOIN customer AS named USING (client_id, customer_id)
LEFT JOIN decision_withdrawal AS withdrawal USING (client_id, decision_id)
WHERE
    pin.client_id = %(client_id)s
    AND pin.kind = 'pin'
    AND (%(customer_ids)s IS NULL OR pin.customer_id = ANY(%(customer_ids)s))
ORDER BY pin.decision_id DESC
LIMIT %(max_pins)s;
