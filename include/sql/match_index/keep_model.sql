-- name: match_index/keep_model :exec
-- Puts weights in force as the client's next version, unless somebody else was first: then no row.
-- param  client_id     text
-- param  model_no      integer  the version in force, and one
-- param  model         jsonb
-- param  learned_from  bigint   records
-- param  restores      integer  null: learned
-- param  author        text
-- param  reason        text
-- param  evidence      jsonb
-- param  now           timestamptz
-- index  match_model_pkey
INSERT INTO match_model (
    client_id, model_no, model, learned_from, restores, author, reason, evidence, made_at
)
VALUES (
    %(client_id)s, %(model_no)s, %(model)s, %(learned_from)s, %(restores)s, %(author)s,
    %(reason)s, %(evidence)s, %(now)s
)
ON CONFLICT (client_id, model_no) DO NOTHING;
