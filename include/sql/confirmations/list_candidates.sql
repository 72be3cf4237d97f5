-- name: confirmations/list_candidates :many
-- Customers with an email address who were never asked, or not since a time, neither themselves nor
-- one that was merged into them. One whose versions wait is asked when they are settled.
-- column  customer_id  text
-- param  client_id      text
-- param  asked_before   timestamptz
-- param  max_customers  integer
-- index  golden_version_pkey, confirmation_request_customer, customer_redirect
SELECT customer.customer_id
FROM customer
CROSS JOIN LATERAL (
    SELECT golden_version.fields
    FROM golden_version
    WHERE
        golden_version.client_id = customer.client_id
        AND golden_version.customer_id = customer.customer_id
    ORDER BY golden_version.version_no DESC
    LIMIT 1
) AS golden
WHERE
    customer.client_id = %(client_id)s
    AND customer.redirect_to IS NULL
    AND golden.fields ? 'email'
    AND NOT EXISTS (
        SELECT 1
        FROM confirmation_request AS request
        WHERE
            request.client_id = customer.client_id
            AND request.customer_id = customer.customer_id
            AND request.created_at > %(asked_before)s
    )
    AND NOT EXISTS (
        SELECT 1
        FROM customer AS merged
        INNER JOIN confirmation_request AS request USING (client_id, customer_id)
        WHERE
            merged.client_id = customer.client_id
            AND merged.redirect_to IS NOT NULL
            AND live_customer(merged.client_id, merged.customer_id) = customer.customer_id
            AND request.created_at > %(asked_before)s
    )
ORDER BY customer.customer_id
LIMIT %(max_customers)s;
