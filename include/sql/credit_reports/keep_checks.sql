-- name: credit_reports/keep_checks :exec
-- Notes what checks of customers came to, where that is not what the last check came to.
-- param  client_id  text
-- param  run_id     text
-- param  rows       jsonb
-- param  now        timestamptz
-- index  credit_check_customer
INSERT INTO credit_check (
    client_id, customer_id, run_id, outcome, reason, why, subject_type, report_id, checked_at
)
SELECT
    %(client_id)s,
    row.customer_id,
    %(run_id)s,
    row.outcome,
    row.reason,
    row.why,
    row.subject_type,
    row.report_id,
    %(now)s
FROM jsonb_to_recordset(%(rows)s) AS row (
    customer_id text, outcome text, reason text, why text, subject_type text, report_id bigint
)
LEFT JOIN LATERAL (
    SELECT
        outcome,
        reason,
        why
    FROM credit_check
    WHERE client_id = %(client_id)s AND customer_id = row.customer_id
    ORDER BY check_id DESC
    LIMIT 1
) AS last ON TRUE
WHERE (last.outcome, last.reason, last.why) IS DISTINCT FROM (row.outcome, row.reason, row.why)
ORDER BY row.customer_id;
