-- name: matches/drop_candidates :exec
-- Takes back the pairs of records that are compared anew.
-- param  client_id   text
-- param  record_ids  bigint[]
-- index  match_candidate_pkey, match_candidate_right
WITH left_gone AS (
    DELETE FROM match_candidate
    WHERE client_id = %(client_id)s AND left_record_id = ANY(%(record_ids)s)
)

DELETE FROM match_candidate
WHERE
    client_id = %(client_id)s
    AND right_record_id = ANY(%(record_ids)s)
    AND NOT left_record_id = ANY(%(record_ids)s);
