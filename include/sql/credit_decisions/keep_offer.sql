-- name: credit_decisions/keep_offer :exec
-- Keeps which companies an agency offered for a customer, unless it offered the same before.
-- param  client_id    text
-- param  customer_id  text
-- param  agency       text
-- param  subject      jsonb
-- param  companies    jsonb
-- param  why          text
-- param  digest       bytea
-- param  now          timestamptz
-- index  credit_offer_customer
INSERT INTO credit_offer (
    client_id, customer_id, agency, subject, companies, why, digest, offered_at
)
SELECT
    %(client_id)s,
    %(customer_id)s,
    %(agency)s,
    %(subject)s,
    %(companies)s,
    %(why)s,
    %(digest)s,
    %(now)s
WHERE (
    SELECT newest.digest
    FROM credit_offer AS newest
    WHERE
        newest.client_id = %(client_id)s
        AND newest.customer_id = %(customer_id)s
        AND newest.agency = %(agency)s
    ORDER BY newest.offer_id DESC
    LIMIT 1
) IS DISTINCT FROM %(digest)s;
