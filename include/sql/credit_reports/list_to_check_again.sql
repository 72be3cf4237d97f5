-- name: credit_reports/list_to_check_again :many
-- Customers whose newest report has ended, or of whom the agency has told something since (as
-- agency_events/list_since_report says it): no other fact makes them due. Those whose next order is on its way, or came to nothing, are left out.
-- column  customer_id  text
-- param  client_id    text
-- param  first_id     text         the range's ends, both included; null is all
-- param  last_id      text
-- param  with_events  boolean      whether what the agency tells counts
-- param  most         integer
-- param  now          timestamptz
-- index  credit_report_customer, effect_customer, agency_event_company
SELECT newest.customer_id
FROM (
    SELECT DISTINCT ON (report.customer_id)
        report.customer_id,
        report.agency,
        report.company_reference,
        report.ordered_at,
        report.valid_until
    FROM credit_report AS report
    INNER JOIN customer USING (client_id, customer_id)
    WHERE
        report.client_id = %(client_id)s
        AND customer.redirect_to IS NULL
        AND (%(first_id)s IS NULL OR report.customer_id BETWEEN %(first_id)s AND %(last_id)s)
    ORDER BY report.customer_id ASC, report.ordered_at DESC
) AS newest
WHERE
    (
        newest.valid_until <= %(now)s
        OR (
            %(with_events)s
            AND EXISTS (
                SELECT 1
                FROM agency_event AS event
                WHERE
                    event.client_id = %(client_id)s
                    AND newest.agency = event.agency
                    AND newest.company_reference = event.company_reference
                    AND newest.ordered_at < event.noted_at
                    AND event.happened_at >= date_trunc('day', newest.ordered_at, 'UTC')
            )
        )
    )
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
