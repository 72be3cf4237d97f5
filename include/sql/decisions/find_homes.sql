-- name: decisions/find_homes :many
-- Where records are: their customer, if they have one.
-- column  system       text
-- column  source_key   text
-- column  record_id    bigint
-- column  customer_id  text
-- param  client_id  text
-- param  systems    text[]  with keys: the records
-- param  keys       text[]
-- index  source_record_client_id_system_source_key_key, link_current
SELECT
    record.system,
    record.source_key,
    record.record_id,
    link.customer_id
FROM unnest(%(systems)s, %(keys)s) AS given (system, key)
INNER JOIN source_record AS record
    ON
        record.client_id = %(client_id)s
        AND given.system = record.system
        AND given.key = record.source_key
LEFT JOIN link
    ON
        record.client_id = link.client_id
        AND record.record_id = link.record_id
        AND link.ended_at IS NULL
ORDER BY record.record_id;
