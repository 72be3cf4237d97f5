-- name: plans/list_names :many
-- What customers are called, as far as a golden record says so.
-- column  customer_id  text
-- column  name         text
-- param  client_id     text
-- param  customer_ids  text[]
-- index  golden_version_pkey
SELECT DISTINCT ON (customer_id)
    customer_id,
    coalesce(
        nullif(fields ->> 'name', ''),
        nullif(fields ->> 'legal_name', ''),
        concat_ws(' ', fields ->> 'given_name', fields ->> 'surname')
    ) AS name
FROM golden_version
WHERE client_id = %(client_id)s AND customer_id = ANY(%(customer_ids)s)
ORDER BY customer_id ASC, version_no DESC;
