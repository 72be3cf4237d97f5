-- name: customers/list_newest :many
-- The newest golden version of each customer.
-- column  customer_id  text
-- column  version_no   integer
-- column  fields       jsonb
-- column  fingerprint  bytea
-- column  disputed     text[]  fields on which trusted systems disagree
-- param  client_id     text
-- param  customer_ids  text[]
-- index  golden_version_pkey
SELECT DISTINCT ON (customer_id)
    customer_id,
    version_no,
    fields,
    fingerprint,
    ARRAY(
        SELECT source.key
        FROM jsonb_each(provenance) AS source
        WHERE source.value ? 'disputed'
    ) AS disputed
FROM golden_version
WHERE client_id = %(client_id)s AND customer_id = ANY(%(customer_ids)s)
ORDER BY customer_id ASC, version_no DESC;
