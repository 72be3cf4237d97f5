-- name: matches/create_customers :exec
-- Creates customers, each with the search that found no other.
-- param  client_id  text
-- param  run_id     text
-- param  rows       jsonb
-- param  now        timestamptz
-- index  customer_pkey
INSERT INTO customer (client_id, customer_id, search_evidence, created_run_id, created_at)
SELECT
    %(client_id)s,
    row.customer_id,
    row.search_evidence,
    %(run_id)s,
    %(now)s
FROM jsonb_to_recordset(%(rows)s) AS row (customer_id text, search_evidence jsonb)
ON CONFLICT (client_id, customer_id) DO NOTHING;
