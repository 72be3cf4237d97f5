-- name: customers/list_answers :many
-- What these customers answered, and those merged into them, oldest first.
-- column  customer_id  text
-- column  answer_id    bigint
-- column  verdict      text
-- column  confirmed    jsonb  what was shown in full; what was masked proves nothing
-- column  corrections  jsonb
-- column  answered_at  timestamptz
-- column  is_applied   boolean  a golden record was formed with it
-- param  client_id     text
-- param  customer_ids  text[]
-- index  confirmation_answer_customer, customer_redirect
SELECT
    own.live_id AS customer_id,
    answer.answer_id,
    answer.verdict,
    (
        SELECT coalesce(jsonb_object_agg(entry.value ->> 'name', entry.value ->> 'value'), '{}')
        FROM jsonb_array_elements(request.shown -> 'fields') AS entry
        WHERE entry.value ->> 'value' <> '' AND NOT (entry.value ->> 'is_masked')::boolean
    ) AS confirmed,
    answer.corrections,
    answer.answered_at,
    request.state = 'applied' AS is_applied
FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
INNER JOIN confirmation_answer AS answer
    ON answer.client_id = %(client_id)s AND own.customer_id = answer.customer_id
INNER JOIN confirmation_request AS request USING (client_id, request_id)
ORDER BY answer.answered_at, answer.answer_id;
