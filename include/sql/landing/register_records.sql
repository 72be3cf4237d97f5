-- name: landing/register_records :exec
-- Gives each record of a page that is new its row.
-- param  client_id  text
-- param  system     text
-- param  run_id     text
-- param  now        timestamptz
-- param  keys       text[]
-- index  source_record_client_id_system_source_key_key
INSERT INTO source_record (client_id, system, source_key, first_run_id, first_seen_at)
SELECT
    %(client_id)s,
    %(system)s,
    key,
    %(run_id)s,
    %(now)s
FROM unnest(%(keys)s) AS key
ON CONFLICT (client_id, system, source_key) DO NOTHING;
