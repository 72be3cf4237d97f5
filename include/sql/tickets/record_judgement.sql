-- name: tickets/record_judgement :exec
-- A person's word on whether two source records are one customer; the newest on a pair wins.
-- param  client_id     text
-- param  verdict       text         same or not_same
-- param  left_system   text
-- param  left_key      text
-- param  right_system  text
-- param  right_key     text
-- param  author        text
-- param  reason        text
-- param  ticket_id     bigint
-- param  now           timestamptz
INSERT INTO decision (
    client_id, kind, left_system, left_key, right_system, right_key, author, reason, decided_at,
    ticket_id
)
VALUES (
    %(client_id)s, %(verdict)s, %(left_system)s, %(left_key)s, %(right_system)s, %(right_key)s,
    %(author)s, %(reason)s, %(now)s, %(ticket_id)s
);
