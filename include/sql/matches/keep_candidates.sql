-- name: matches/keep_candidates :exec
-- Keeps pairs with their reasons; judging a pair again replaces them.
-- param  client_id  text
-- param  run_id     text
-- param  rows       jsonb
-- param  now        timestamptz
-- index  match_candidate_pkey
INSERT INTO match_candidate (
    client_id, left_record_id, right_record_id, score, band, rule, evidence, run_id, found_at
)
SELECT
    %(client_id)s,
    row.left_record_id,
    row.right_record_id,
    row.score,
    row.band,
    row.rule,
    row.evidence,
    %(run_id)s,
    %(now)s
FROM jsonb_to_recordset(%(rows)s) AS row (
    left_record_id bigint, right_record_id bigint, score double precision,
    band text, rule text, evidence jsonb
)
ON CONFLICT (client_id, left_record_id, right_record_id) DO UPDATE
SET
    score = excluded.score,
    band = excluded.band,
    rule = excluded.rule,
    evidence = excluded.evidence,
    run_id = excluded.run_id,
    found_at = excluded.found_at;
