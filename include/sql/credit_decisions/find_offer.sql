-- name: credit_decisions/find_offer :maybe
-- What an agency offered last for a customer, or for one that was merged into it.
-- column  customer_id  text         whom it was asked for
-- column  offer_id     bigint
-- column  agency       text
-- column  companies    jsonb
-- column  why          text
-- column  offered_at   timestamptz
-- param  client_id    text
-- param  customer_id  text
-- index  credit_offer_customer, customer_redirect
SELECT
    offer.customer_id,
    offer.offer_id,
    offer.agency,
    offer.companies,
    offer.why,
    offer.offered_at
FROM customers_within(%(client_id)s, ARRAY[%(customer_id)s]) AS own
INNER JOIN credit_offer AS offer
    ON offer.client_id = %(client_id)s AND own.customer_id = offer.customer_id
ORDER BY offer.offer_id DESC
LIMIT 1;
