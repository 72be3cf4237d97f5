-- name: matches/list_candidates :many
-- The pairs kept among these records.
-- column  left_record_id   bigint
-- column  right_record_id  bigint
-- column  score            float8
-- column  band             text
-- column  rule             text
-- column  evidence         jsonb
-- param  client_id   text
-- param  record_ids  bigint[]  distinct
-- index  match_candidate_pkey
SELECT
    candidate.left_record_id,
    candidate.right_record_id,
    candidate.score,
    candidate.band,
    candidate.rule,
    candidate.evidence
FROM unnest(%(record_ids)s) AS wanted (record_id)
INNER JOIN match_candidate AS candidate
    ON candidate.client_id = %(client_id)s AND wanted.record_id = candidate.left_record_id
WHERE candidate.right_record_id = ANY(%(record_ids)s);
