-- name: replays/list_answers :many
-- What customers had answered when golden versions of them were formed, oldest first; with what
-- those had answered who had been merged into them. One a golden version.
-- column  customer_id  text
-- column  version_no   integer
-- column  answer_id    bigint
-- column  verdict      text
-- column  confirmed    jsonb  what was shown in full
-- column  corrections  jsonb
-- column  answered_at  timestamptz
-- column  is_applied   boolean
-- param  client_id     text
-- param  customer_ids  text[]
-- param  version_nos   integer[]
-- index  confirmation_answer_customer, customer_redirect
SELECT
    golden.customer_id,
    golden.version_no,
    answer.answer_id,
    answer.verdict,
    (
        SELECT coalesce(jsonb_object_agg(entry.value ->> 'name', entry.value ->> 'value'), '{}')
        FROM jsonb_array_elements(request.shown -> 'fields') AS entry
        WHERE entry.value ->> 'value' <> '' AND NOT (entry.value ->> 'is_masked')::boolean
    ) AS confirmed,
    answer.corrections,
    answer.answered_at,
    TRUE AS is_applied
FROM unnest(%(customer_ids)s, %(version_nos)s) AS asked (customer_id, version_no)
INNER JOIN golden_version AS golden
    ON
        golden.client_id = %(client_id)s
        AND asked.customer_id = golden.customer_id
        AND asked.version_no = golden.version_no
CROSS JOIN LATERAL customers_within(%(client_id)s, ARRAY[asked.customer_id]) AS own
INNER JOIN confirmation_answer AS answer
    ON answer.client_id = %(client_id)s AND own.customer_id = answer.customer_id
INNER JOIN confirmation_request AS request
    ON answer.client_id = request.client_id AND answer.request_id = request.request_id
WHERE
    answer.answered_at <= golden.formed_at
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
ORDER BY golden.customer_id, golden.version_no, answer.answered_at, answer.answer_id;
