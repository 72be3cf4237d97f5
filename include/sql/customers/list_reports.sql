-- name: customers/list_reports :many
-- The newest credit report of each customer.
-- column  customer_id   text
-- column  report_id     bigint
-- column  agency        text
-- column  rating        text
-- column  credit_limit  text
-- column  currency      text
-- column  ordered_at    timestamptz
-- column  valid_until   timestamptz
-- param  client_id     text
-- param  customer_ids  text[]
-- index  credit_report_customer
SELECT DISTINCT ON (customer_id)
    customer_id,
    report_id,
    agency,
    coalesce(rating, '') AS rating,
    coalesce(credit_limit::text, '') AS credit_limit,
    coalesce(currency, '') AS currency,
    ordered_at,
    valid_until
FROM credit_report
WHERE client_id = %(client_id)s AND customer_id = ANY(%(customer_ids)s)
ORDER BY customer_id ASC, report_id DESC;
