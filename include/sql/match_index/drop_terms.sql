-- name: match_index/drop_terms :exec
-- Forgets words that occur no more.
-- param  client_id  text
-- param  terms      bigint[]
-- index  match_term_pkey
DELETE FROM match_term
WHERE client_id = %(client_id)s AND term = ANY(%(terms)s) AND records <= 0;
