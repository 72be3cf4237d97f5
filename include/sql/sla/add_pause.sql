-- name: sla/add_pause :one
-- Keeps that a case waits for somebody who is not of our house.
-- column  pause_id  bigint
-- param  client_id  text
-- param  case_id    text
-- param  cause      text
-- param  evidence   text
-- param  paused_at  timestamptz
-- param  author     text
-- param  now        timestamptz
INSERT INTO sla_pause (client_id, case_id, cause, evidence, paused_at, author, told_at)
VALUES (
    %(client_id)s, %(case_id)s, %(cause)s, %(evidence)s, %(paused_at)s, %(author)s, %(now)s
)
RETURNING pause_id;
