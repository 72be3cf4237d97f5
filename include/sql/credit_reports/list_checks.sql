-- name: credit_reports/list_checks :many
-- What the newest credit check of each of these customers came to.
-- column  customer_id   text
-- column  outcome       text
-- column  reason        text         empty: none was needed
-- column  why           text
-- column  subject_type  text         empty: not known
-- column  report_id     bigint       null: none was at hand
-- column  checked_at    timestamptz
-- param  client_id     text
-- param  customer_ids  text[]
-- index  credit_check_customer
SELECT DISTINCT ON (customer_id)
    customer_id,
    outcome,
    coalesce(reason, '') AS reason,
    why,
    coalesce(subject_type, '') AS subject_type,
    report_id,
    checked_at
FROM credit_check
WHERE client_id = %(client_id)s AND customer_id = ANY(%(customer_ids)s)
ORDER BY customer_id ASC, check_id DESC;
