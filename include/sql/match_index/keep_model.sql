-- name: match_index/keep_model :exec
-- Puts weights in force.
-- param  client_id     text
-- param  model         jsonb
-- param  learned_from  bigint
-- param  now           timestamptz
-- index  match_model_pkey
INSERT INTO match_model (client_id, model_no, model, learned_from, made_at)
SELECT
    %(client_id)s,
    coalesce(max(held.model_no), 0) + 1,
    %(model)s,
    %(learned_from)s,
    %(now)s
FROM match_model AS held
WHERE held.client_id = %(client_id)s;
