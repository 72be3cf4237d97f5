-- name: effects/find_created :many
-- The records that pushes created at their target, with the customers they were created for.
-- column  record_id    bigint
-- column  customer_id  text
-- param  client_id     text
-- param  system        text
-- param  keys          text[]
-- param  customer_ids  text[]
-- index  source_record_client_id_system_source_key_key
SELECT
    record.record_id,
    made.customer_id
FROM unnest(%(keys)s, %(customer_ids)s) AS made (source_key, customer_id)
INNER JOIN source_record AS record
    ON
        record.client_id = %(client_id)s
        AND record.system = %(system)s
        AND record.source_key = made.source_key;
