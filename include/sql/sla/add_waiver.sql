-- name: sla/add_waiver :exec
-- Keeps that a clock of a case, or all of them, does not count.
-- param  client_id  text
-- param  case_id    text
-- param  clock      text
-- param  evidence   text
-- param  author     text
-- param  now        timestamptz
INSERT INTO sla_waiver (client_id, case_id, clock, evidence, author, waived_at)
VALUES (%(client_id)s, %(case_id)s, %(clock)s, %(evidence)s, %(author)s, %(now)s);
