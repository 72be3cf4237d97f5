-- name: confirmations/list_undeliverable :many
-- Customers whose mail bounced, was dropped, or was complained about.
-- column  customer_id  text
-- param  client_id  text
-- index  mail_event_trouble
SELECT DISTINCT effect.customer_id
FROM mail_event AS event
INNER JOIN effect USING (client_id, effect_id)
WHERE
    event.client_id = %(client_id)s
    AND event.event IN ('bounce', 'dropped', 'spamreport')
ORDER BY effect.customer_id;
