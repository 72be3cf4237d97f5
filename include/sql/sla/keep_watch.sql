-- name: sla/keep_watch :exec
-- Notes up to when the client's clocks were read, and by which promises.
-- param  client_id   text
-- param  promises    text
-- param  watched_at  timestamptz
-- index  sla_watch_pkey
INSERT INTO sla_watch (client_id, promises, watched_at)
VALUES (%(client_id)s, %(promises)s, %(watched_at)s)
ON CONFLICT (client_id) DO UPDATE
SET promises = excluded.promises, watched_at = excluded.watched_at;
