-- name: decisions/record_decision :one
-- Keeps a person's word on two source records; the newest on a pair holds.
-- column  decision_id  bigint
-- param  client_id     text
-- param  verdict       text         same, not_same or related
-- param  left_system   text
-- param  left_key      text
-- param  right_system  text
-- param  right_key     text
-- param  relation      text         of related ones
-- param  author        text
-- param  reason        text
-- param  ticket_id     bigint
-- param  expires_at    timestamptz  null: until it is withdrawn
-- param  now           timestamptz
INSERT INTO decision (
    client_id, kind, left_system, left_key, right_system, right_key, relation, author, reason,
    decided_at, expires_at, ticket_id
)
VALUES (
    %(client_id)s, %(verdict)s, %(left_system)s, %(left_key)s, %(right_system)s, %(right_key)s,
    %(relation)s, %(author)s, %(reason)s, %(now)s, %(expires_at)s, %(ticket_id)s
)
RETURNING decision_id;
