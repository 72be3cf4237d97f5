-- name: credit_reports/list_to_check_again :many
-- Customers whose newest report, or that of one merged into them, has ended, or of whom the agency
-- has told something since (as agency_events/list_since_report says it): no other fact makes them
-- due. Those whose next order is on its way, or came to nothing, are left out. They come in another
-- order each time: of some the check comes to nothing in every run, and others are to have a turn.
-- column  customer_id  text
-- param  client_id    text
-- param  first_id     text         the range's ends, both included; null is all
-- param  last_id      text
-- param  with_events  boolean      whether what the agency tells counts
-- param  most         integer
-- param  now          timestamptz
-- index  credit_report_customer, customer_redirect, effect_customer, agency_event_company
WITH reported AS (
    SELECT
        customer.customer_id,
        report.customer_id AS asked_about,
        report.report_id,
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
    UNION ALL
    SELECT
        live.customer_id,
        report.customer_id,
        report.report_id,
        report.agency,
        report.company_reference,
        report.ordered_at,
        report.valid_until
    FROM customer AS merged
    INNER JOIN credit_report AS report USING (client_id, customer_id)
    CROSS JOIN LATERAL (
        SELECT live_customer(merged.client_id, merged.customer_id) AS customer_id
    ) AS live
    WHERE
        merged.client_id = %(client_id)s
        AND merged.redirect_to IS NOT NULL
        AND (%(first_id)s IS NULL OR live.customer_id BETWEEN %(first_id)s AND %(last_id)s)
),

newest AS (
    SELECT DISTINCT ON (customer_id) *
    FROM reported
    ORDER BY customer_id ASC, report_id DESC
)

SELECT newest.customer_id
FROM newest
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
            AND effect.customer_id IN (newest.customer_id, newest.asked_about)
            AND effect.kind = 'credit_order'
            AND effect.state <> 'cancelled'
            AND effect.planned_at > newest.ordered_at
    )
ORDER BY
    hashtextextended(newest.customer_id, extract(EPOCH FROM %(now)s::timestamptz)::bigint),
    newest.customer_id
LIMIT %(most)s;
