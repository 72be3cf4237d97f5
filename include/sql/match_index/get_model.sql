-- name: match_index/get_model :maybe
-- The weights in force.
-- column  model_no      integer
-- column  model         jsonb
-- column  learned_from  bigint
-- param  client_id  text
-- index  match_model_pkey
SELECT
    model_no,
    model,
    learned_from
FROM match_model
WHERE client_id = %(client_id)s
ORDER BY model_no DESC
LIMIT 1;
