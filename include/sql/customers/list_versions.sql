-- name: customers/list_versions :many
-- The golden versions of customers as they were known at a time, the newest first.
-- column  customer_id        text
-- column  version_no         integer
-- column  fields             jsonb
-- column  provenance         jsonb
-- column  input_version_ids  bigint[]
-- column  policy_version     text
-- column  run_id             text
-- column  formed_at          timestamptz
-- param  client_id     text
-- param  customer_ids  text[]
-- param  known_at      timestamptz
-- param  max_versions  integer
-- index  golden_version_pkey
SELECT
    customer_id,
    version_no,
    fields,
    provenance,
    input_version_ids,
    policy_version,
    run_id,
    formed_at
FROM golden_version
WHERE
    client_id = %(client_id)s
    AND customer_id = ANY(%(customer_ids)s)
    AND formed_at <= %(known_at)s
ORDER BY formed_at DESC, customer_id ASC, version_no DESC
LIMIT %(max_versions)s;
