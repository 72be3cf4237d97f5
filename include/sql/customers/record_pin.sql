-- name: customers/record_pin :one
-- Keeps a person's word on the value of one field of a customer.
-- column  decision_id  bigint
-- param  client_id    text
-- param  customer_id  text
-- param  field        text
-- param  value        text         in normal form
-- param  author       text
-- param  reason       text
-- param  ticket_id    bigint
-- param  expires_at   timestamptz  null: until it is withdrawn
-- param  now          timestamptz
INSERT INTO decision (
    client_id, kind, customer_id, field, value, author, reason, decided_at, expires_at, ticket_id
)
VALUES (
    %(client_id)s, 'pin', %(customer_id)s, %(field)s, %(value)s, %(author)s, %(reason)s, %(now)s,
    %(expires_at)s, %(ticket_id)s
)
RETURNING decision_id;
