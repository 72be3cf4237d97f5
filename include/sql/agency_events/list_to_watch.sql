-- name: agency_events/list_to_watch :many
-- Companies whose report was bought and that a list of the agency does not watch yet.
-- column  company_reference  text
-- column  customer_id        text
-- param  client_id  text
-- param  agency     text
-- param  list       text
-- param  most       integer
-- index  credit_report_customer, agency_watch_pkey
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
LIMIT %(most)s;
