-- name: agency_events/list_since_report :many
-- What agencies told of customers' companies since their newest report was ordered. What is dated
-- before that report's day was known to it; some agencies date a change by its day alone.
-- column  customer_id        text
-- column  event_id           text
-- column  agency             text
-- column  company_reference  text
-- column  kind               text
-- column  happened_at        timestamptz
-- column  old                text
-- column  new                text
-- column  noted_at           timestamptz
-- param  client_id     text
-- param  customer_ids  text[]
-- index  credit_report_customer, customer_redirect, agency_event_company
WITH newest AS (
    SELECT DISTINCT ON (own.live_id)
        own.live_id AS customer_id,
        report.agency,
        report.company_reference,
        report.ordered_at
    FROM customers_within(%(client_id)s, %(customer_ids)s) AS own
    INNER JOIN credit_report AS report
        ON report.client_id = %(client_id)s AND own.customer_id = report.customer_id
    ORDER BY own.live_id ASC, report.report_id DESC
)

SELECT
    newest.customer_id,
    event.event_id,
    event.agency,
    event.company_reference,
    event.kind,
    event.happened_at,
    event.old,
    event.new,
    event.noted_at
FROM newest
INNER JOIN agency_event AS event
    ON
        event.client_id = %(client_id)s
        AND newest.agency = event.agency
        AND newest.company_reference = event.company_reference
        AND newest.ordered_at < event.noted_at
        AND event.happened_at >= date_trunc('day', newest.ordered_at, 'UTC')
ORDER BY newest.customer_id, event.happened_at, event.event_id;
