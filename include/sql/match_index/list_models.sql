-- name: match_index/list_models :many
-- All weights that were ever in force, the newest first.
-- column  model_no      integer
-- column  model         jsonb
-- column  learned_from  bigint
-- column  restores      integer
-- column  author        text
-- column  reason        text
-- column  evidence      jsonb
-- column  made_at       timestamptz
-- param  client_id  text
-- index  match_model_pkey
SELECT
    model_no,
    model,
    learned_from,
    restores,
    author,
    reason,
    evidence,
    made_at
FROM match_model
WHERE client_id = %(client_id)s
ORDER BY model_no DESC;
