-- name: effects/record_created :many
-- Registers the records that pushes created at their target, so that they are known when they are read.
-- column  record_id    bigint
-- column  customer_id  text
-- param  client_id  text
-- param  run_id     text
-- param  rows       jsonb
-- param  now        timestamptz
-- index  source_record_client_id_system_source_key_key
WITH created AS (
    INSERT INTO source_record (client_id, system, source_key, first_run_id, first_seen_at)
    SELECT
        %(client_id)s,
        row.system,
        row.source_key,
        %(run_id)s,
        %(now)s
    FROM jsonb_to_recordset(%(rows)s) AS row (system text, source_key text)
    ON CONFLICT (client_id, system, source_key) DO UPDATE
    SET source_key = excluded.source_key
    RETURNING record_id, system, source_key
)

SELECT
    created.record_id,
    row.customer_id
FROM created
INNER JOIN
    jsonb_to_recordset(%(rows)s) AS row (system text, source_key text, customer_id text)
    USING (system, source_key);
