-- name: matches/link_records :exec
-- Links records to their customers; a record that is linked keeps its link.
-- param  client_id  text
-- param  run_id     text
-- param  rows       jsonb
-- param  now        timestamptz
-- index  link_current
INSERT INTO link (client_id, record_id, customer_id, rule, score, evidence, run_id, linked_at)
SELECT
    %(client_id)s,
    row.record_id,
    row.customer_id,
    row.rule,
    row.score,
    row.evidence,
    %(run_id)s,
    %(now)s
FROM jsonb_to_recordset(%(rows)s) AS row (
    record_id bigint, customer_id text, rule text, score double precision, evidence jsonb
)
ON CONFLICT (client_id, record_id) WHERE ended_at IS NULL DO NOTHING;
