-- name: plans/list_created :many
-- The customers that a run creates, with the records that are theirs.
-- column  customer_id  text
-- column  records      text[]   system:key
-- column  candidates   integer  records that the search compared
-- param  client_id  text
-- param  run_id     text
-- index  link_customer, source_record_pkey
SELECT
    customer.customer_id,
    coalesce(
        array_agg(
            record.system || ':' || record.source_key ORDER BY record.system, record.source_key
        ) FILTER (WHERE record.record_id IS NOT NULL),
        '{}'
    ) AS records,
    (customer.search_evidence ->> 'candidates_found')::integer AS candidates
FROM customer
LEFT JOIN link
    ON
        customer.client_id = link.client_id
        AND customer.customer_id = link.customer_id
        AND link.ended_at IS NULL
LEFT JOIN source_record AS record
    ON link.client_id = record.client_id AND link.record_id = record.record_id
WHERE customer.client_id = %(client_id)s AND customer.created_run_id = %(run_id)s
GROUP BY customer.client_id, customer.customer_id
ORDER BY customer.customer_id;
