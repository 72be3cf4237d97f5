-- name: customers/list_reports :many
-- The newest credit report of each customer, or of those merged into it; or the newest of a time.
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
-- param  ordered_by    timestamptz  null: whenever
-- index  credit_report_customer, customer_redirect
SELECT DISTINCT ON (own.live_id)
    own.live_id AS customer_id,
    report.report_id,
    report.agency,
    coalesce(report.rating, '') AS rating,
    coalesce(report.credit_limit::text, '') AS credit_limit,
    coalesce(report.currency, '') AS currency,
    report.ordered_at,
    report.valid_until
FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
INNER JOIN credit_report AS report
    ON report.client_id = %(client_id)s AND own.customer_id = report.customer_id
WHERE %(ordered_by)s IS NULL OR report.ordered_at <= %(ordered_by)s
ORDER BY own.live_id ASC, report.report_id DESC;
