-- name: credit_reports/list_ended :many
-- Customers whose newest report has ended, the longest ago first: no other fact makes them due.
-- Those whose next order is on its way, or came to nothing, are left out.
-- column  customer_id  text
-- param  client_id  text
-- param  most       integer
-- param  now        timestamptz
-- index  credit_report_customer, effect_customer
SELECT newest.customer_id
FROM (
    SELECT DISTINCT ON (report.customer_id)
        report.customer_id,
        report.ordered_at,
        report.valid_until
    FROM credit_report AS report
    INNER JOIN customer USING (client_id, customer_id)
    WHERE report.client_id = %(client_id)s AND customer.redirect_to IS NULL
    ORDER BY report.customer_id ASC, report.ordered_at DESC
) AS newest
WHERE
    newest.valid_until <= %(now)s
    AND NOT EXISTS (
        SELECT 1
        FROM effect
        WHERE
            effect.client_id = %(client_id)s
            AND effect.customer_id = newest.customer_id
            AND effect.kind = 'credit_order'
            AND effect.state <> 'cancelled'
            AND effect.planned_at > newest.ordered_at
    )
ORDER BY newest.valid_until ASC, newest.customer_id ASC
LIMIT %(most)s;
