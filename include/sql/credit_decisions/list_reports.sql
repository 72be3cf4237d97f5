-- name: credit_decisions/list_reports :many
-- The newest credit report on each customer, or on one merged into it, and what it cost.
-- column  customer_id        text
-- column  report_id          bigint
-- column  agency             text
-- column  company_reference  text
-- column  rating             text
-- column  score              text
-- column  credit_limit       numeric      null: the agency gave words
-- column  currency           text
-- column  ordered_at         timestamptz
-- column  valid_until        timestamptz
-- column  price              numeric
-- column  price_currency     text
-- param  client_id     text
-- param  customer_ids  text[]
-- index  credit_report_customer, effect_pkey, customer_redirect
SELECT DISTINCT ON (own.live_id)
    own.live_id AS customer_id,
    report.report_id,
    report.agency,
    report.company_reference,
    coalesce(report.rating, '') AS rating,
    coalesce(report.score, '') AS score,
    report.credit_limit,
    coalesce(report.currency, '') AS currency,
    report.ordered_at,
    report.valid_until,
    effect.cost AS price,
    coalesce(effect.currency, '') AS price_currency
FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
INNER JOIN credit_report AS report
    ON report.client_id = %(client_id)s AND own.customer_id = report.customer_id
LEFT JOIN effect
    ON report.client_id = effect.client_id AND report.effect_id = effect.effect_id
ORDER BY own.live_id ASC, report.report_id DESC;
