-- name: paces/note_failure :one
-- Notes that a target took nothing of a turn.
-- column  failures  integer  in a row
-- param  client_id  text
-- param  target     text
-- index  target_pace_pkey
INSERT INTO target_pace AS pace (client_id, target, failures)
VALUES (%(client_id)s, %(target)s, 1)
ON CONFLICT (client_id, target) DO UPDATE SET failures = pace.failures + 1
RETURNING failures;
