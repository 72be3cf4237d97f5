-- name: plans/list_names :many
-- What customers are called: by their golden record, or while they have none by their records.
-- column  customer_id  text
-- column  name         text
-- param  client_id     text
-- param  customer_ids  text[]
-- index  golden_version_pkey, link_customer, prepared_record_record
SELECT
    given.customer_id,
    coalesce(
        nullif(said.fields ->> 'name', ''),
        nullif(said.fields ->> 'legal_name', ''),
        concat_ws(' ', said.fields ->> 'given_name', said.fields ->> 'surname')
    ) AS name
FROM unnest(%(customer_ids)s) AS given (customer_id)
LEFT JOIN LATERAL (
    SELECT golden.fields
    FROM golden_version AS golden
    WHERE golden.client_id = %(client_id)s AND golden.customer_id = given.customer_id
    ORDER BY golden.version_no DESC
    LIMIT 1
) AS formed ON TRUE
LEFT JOIN LATERAL (
    SELECT prepared.fields
    FROM link
    INNER JOIN prepared_record AS prepared USING (client_id, record_id)
    WHERE
        formed.fields IS NULL
        AND link.client_id = %(client_id)s
        AND link.customer_id = given.customer_id
        AND link.ended_at IS NULL
    ORDER BY prepared.version_id DESC
    LIMIT 1
) AS prepared ON TRUE
CROSS JOIN LATERAL (SELECT coalesce(formed.fields, prepared.fields) AS fields) AS said
WHERE said.fields IS NOT NULL
ORDER BY given.customer_id;
