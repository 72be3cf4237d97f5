-- name: agency_events/list_to_watch :many
-- Companies whose report was bought and that a list of the agency does not watch yet. They come in
-- another order each time: some the agency does not know, and others are to have a turn.
-- column  company_reference  text
-- column  customer_id        text
-- param  client_id  text
-- param  agency     text
-- param  list       text
-- param  most       integer
-- param  now        timestamptz
-- index  credit_report_customer, agency_watch_pkey
WITH unwatched AS (
    SELECT DISTINCT ON (report.company_reference)
        report.company_reference,
        report.customer_id
    FROM credit_report AS report
    WHERE
        report.client_id = %(client_id)s
        AND report.agency = %(agency)s
        AND NOT EXISTS (
            SELECT 1
            FROM agency_watch AS watched
            WHERE
                watched.client_id = report.client_id
                AND watched.agency = report.agency
                AND watched.list = %(list)s
                AND watched.company_reference = report.company_reference
        )
    ORDER BY report.company_reference ASC, report.report_id DESC
)

SELECT
    company_reference,
    customer_id
FROM unwatched
ORDER BY
    hashtextextended(company_reference, extract(EPOCH FROM %(now)s::timestamptz)::bigint),
    company_reference
LIMIT %(most)s;
