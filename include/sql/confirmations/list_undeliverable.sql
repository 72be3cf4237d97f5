-- name: confirmations/list_undeliverable :many
-- Customers whose mail bounced, was dropped, or was complained about, and whether that is still
-- their address and somebody was told since. The address itself is in the golden record only.
-- column  customer_id  text
-- column  is_dead      boolean
-- column  is_told      boolean
-- param  client_id  text
-- index  mail_event_trouble, golden_version_pkey, ticket_subject_subject
WITH troubled AS (
    SELECT
        live.customer_id,
        bool_or(mailed.fields ->> 'email' = newest.fields ->> 'email') AS is_dead,
        max(event.occurred_at) AS occurred_at
    FROM mail_event AS event
    INNER JOIN effect USING (client_id, effect_id)
    CROSS JOIN LATERAL (
        SELECT live_customer(effect.client_id, effect.customer_id) AS customer_id
    ) AS live
    LEFT JOIN golden_version AS mailed
        ON
            effect.client_id = mailed.client_id
            AND effect.customer_id = mailed.customer_id
            AND (effect.body ->> 'golden_version')::integer = mailed.version_no
    LEFT JOIN LATERAL (
        SELECT golden.fields
        FROM golden_version AS golden
        WHERE
            golden.client_id = effect.client_id
            AND golden.customer_id = live.customer_id
        ORDER BY golden.version_no DESC
        LIMIT 1
    ) AS newest ON TRUE
    WHERE
        event.client_id = %(client_id)s
        AND event.event IN ('bounce', 'dropped', 'spamreport')
    GROUP BY live.customer_id
)

SELECT
    troubled.customer_id,
    coalesce(troubled.is_dead, FALSE) AS is_dead,
    exists(
        SELECT 1
        FROM ticket_subject AS subject
        WHERE
            subject.client_id = %(client_id)s
            AND subject.subject = 'mailbox:' || troubled.customer_id
            AND subject.added_at >= troubled.occurred_at
    ) AS is_told
FROM troubled
ORDER BY troubled.customer_id;
