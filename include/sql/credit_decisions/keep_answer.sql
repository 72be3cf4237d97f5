-- name: credit_decisions/keep_answer :one
-- Keeps a person's word on which company a customer is.
-- column  answer_id  bigint
-- param  client_id            text
-- param  customer_id          text
-- param  agency               text
-- param  offer_id             bigint
-- param  reference            text         null: none of them
-- param  company_name         text
-- param  registration_number  text
-- param  refused              text[]
-- param  author               text
-- param  reason               text
-- param  now                  timestamptz
INSERT INTO credit_company (
    client_id, customer_id, agency, offer_id, reference, name, registration_number, refused,
    author, reason, answered_at
)
VALUES (
    %(client_id)s, %(customer_id)s, %(agency)s, %(offer_id)s, %(reference)s::text, %(company_name)s,
    %(registration_number)s, %(refused)s::text[], %(author)s, %(reason)s, %(now)s
)
RETURNING answer_id;
