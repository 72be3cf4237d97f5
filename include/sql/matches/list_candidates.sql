-- name: matches/list_candidates :one
-- The pairs kept among these records, each as an array in the order of the columns, without its
-- sentence: thousands in one row.
-- column  candidates  json  left and right record, score, band, rule, noun, evidence
-- param  client_id   text
-- param  record_ids  bigint[]  distinct
-- index  match_candidate_pkey
SELECT
    json_agg(json_build_array(
        candidate.left_record_id,
        candidate.right_record_id,
        candidate.score,
        candidate.band,
        candidate.rule,
        candidate.evidence ->> 'noun',
        candidate.evidence -> 'parts'
    )) AS candidates
FROM unnest(%(record_ids)s) AS wanted (record_id)
INNER JOIN match_candidate AS candidate
    ON candidate.client_id = %(client_id)s AND wanted.record_id = candidate.left_record_id
WHERE candidate.right_record_id = ANY(%(record_ids)s);
