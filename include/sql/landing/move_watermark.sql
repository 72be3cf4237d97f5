-- name: landing/move_watermark :exec
-- Moves how far a system has been read.
-- param  client_id  text
-- param  system     text
-- param  position   text
-- param  run_id     text
-- param  now        timestamptz
-- index  watermark_pkey
INSERT INTO watermark (client_id, system, position, run_id, moved_at)
VALUES (%(client_id)s, %(system)s, %(position)s, %(run_id)s, %(now)s)
ON CONFLICT (client_id, system) DO UPDATE
SET position = excluded.position, run_id = excluded.run_id, moved_at = excluded.moved_at;
