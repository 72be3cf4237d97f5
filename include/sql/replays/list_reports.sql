-- name: replays/list_reports :many
-- The newest credit report that was in when golden versions were formed, of the customer or of one
-- who had been merged into it. One a golden version.
-- column  customer_id   text
-- column  version_no    integer
-- column  report_id     bigint
-- column  agency        text
-- column  rating        text
-- column  credit_limit  text
-- column  currency      text
-- column  ordered_at    timestamptz
-- column  valid_until   timestamptz
-- param  client_id     text
-- param  customer_ids  text[]
-- param  version_nos   integer[]
-- index  credit_report_customer, customer_redirect
SELECT DISTINCT ON (golden.customer_id, golden.version_no)
    golden.customer_id,
    golden.version_no,
    report.report_id,
    report.agency,
    coalesce(report.rating, '') AS rating,
    coalesce(report.credit_limit::text, '') AS credit_limit,
    coalesce(report.currency, '') AS currency,
    report.ordered_at,
    report.valid_until
FROM unnest(%(customer_ids)s, %(version_nos)s) AS asked (customer_id, version_no)
INNER JOIN golden_version AS golden
    ON
        golden.client_id = %(client_id)s
        AND asked.customer_id = golden.customer_id
        AND asked.version_no = golden.version_no
CROSS JOIN LATERAL customers_within(%(client_id)s, ARRAY[asked.customer_id]) AS own
INNER JOIN credit_report AS report
    ON report.client_id = %(client_id)s AND own.customer_id = report.customer_id
WHERE
    report.ordered_at <= golden.formed_at
    AND (
        own.customer_id = golden.customer_id
        OR EXISTS (
            SELECT 1
            FROM identity_change AS change
            WHERE
                change.client_id = %(client_id)s
                AND change.kind = 'merged'
                AND change.from_customer_id = own.customer_id
                AND change.changed_at <= golden.formed_at
        )
    )
ORDER BY golden.customer_id ASC, golden.version_no ASC, report.report_id DESC;
