-- name: credit_decisions/list_answers :many
-- The newest word of a person on which company of an agency each customer is, or one merged into
-- it, with the number that the customer had when it was given.
-- column  customer_id          text
-- column  answer_id            bigint
-- column  agency               text
-- column  reference            text    empty: none of them
-- column  name                 text
-- column  registration_number  text
-- column  refused              text[]
-- column  subject              jsonb
-- column  author               text
-- column  reason               text
-- column  answered_at          timestamptz
-- param  client_id     text
-- param  customer_ids  text[]
-- param  agency        text
-- index  credit_company_customer, credit_offer_pkey, customer_redirect
SELECT DISTINCT ON (own.live_id)
    own.live_id AS customer_id,
    answer.answer_id,
    answer.agency,
    coalesce(answer.reference, '') AS reference,
    answer.name,
    answer.registration_number,
    answer.refused,
    offer.subject,
    answer.author,
    answer.reason,
    answer.answered_at
FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
INNER JOIN credit_company AS answer
    ON
        answer.client_id = %(client_id)s
        AND own.customer_id = answer.customer_id
        AND answer.agency = %(agency)s
INNER JOIN credit_offer AS offer USING (client_id, offer_id)
ORDER BY own.live_id ASC, answer.answer_id DESC;
