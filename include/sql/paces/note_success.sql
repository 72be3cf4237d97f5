-- name: paces/note_success :exec
-- Notes that a target took something: it is well.
-- param  client_id  text
-- param  target     text
-- param  now        timestamptz
-- index  target_pace_pkey
INSERT INTO target_pace AS pace (client_id, target, succeeded_at)
VALUES (%(client_id)s, %(target)s, %(now)s)
ON CONFLICT (client_id, target) DO UPDATE SET
    failures = 0,
    rests_until = '-infinity',
    succeeded_at = greatest(pace.succeeded_at, excluded.succeeded_at);
