-- name: confirmations/list_past :many
-- What became of earlier questions to each of these customers, and to those merged into them.
-- column  customer_id     text
-- column  last_asked_at   timestamptz
-- column  request_count   bigint       of its own: the next one's number follows from it
-- column  has_open        boolean      one waits for its answer and has not expired
-- column  is_unreachable  boolean      a mail to the present address bounced, was dropped or was
--                                      complained about
-- param  client_id     text
-- param  customer_ids  text[]
-- param  now           timestamptz
-- index  confirmation_request_customer, mail_event_effect, golden_version_pkey, customer_redirect
SELECT
    own.live_id AS customer_id,
    max(request.created_at) AS last_asked_at,
    count(DISTINCT request.request_id) FILTER (
        WHERE request.customer_id = own.live_id
    ) AS request_count,
    bool_or(request.state = 'planned' AND request.expires_at > %(now)s) AS has_open,
    coalesce(bool_or(
        event.event IN ('bounce', 'dropped', 'spamreport')
        AND mailed.fields ->> 'email' = newest.fields ->> 'email'
    ), FALSE) AS is_unreachable
FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
INNER JOIN confirmation_request AS request
    ON request.client_id = %(client_id)s AND own.customer_id = request.customer_id
INNER JOIN effect USING (client_id, effect_id)
LEFT JOIN mail_event AS event USING (client_id, effect_id)
LEFT JOIN golden_version AS mailed
    ON
        request.client_id = mailed.client_id
        AND request.customer_id = mailed.customer_id
        AND (effect.body ->> 'golden_version')::integer = mailed.version_no
LEFT JOIN LATERAL (
    SELECT golden.fields
    FROM golden_version AS golden
    WHERE
        golden.client_id = request.client_id
        AND golden.customer_id = own.live_id
    ORDER BY golden.version_no DESC
    LIMIT 1
) AS newest ON TRUE
GROUP BY own.live_id
ORDER BY own.live_id;
