-- name: customers/list_deleted_in :many
-- The systems that deleted their record of a customer: it is not created there again by itself.
-- column  customer_id  text
-- column  system       text
-- param  client_id     text
-- param  customer_ids  text[]
-- index  link_ended
SELECT DISTINCT
    link.customer_id,
    record.system
FROM link
INNER JOIN source_record AS record USING (client_id, record_id)
WHERE
    link.client_id = %(client_id)s
    AND link.customer_id = ANY(%(customer_ids)s)
    AND link.ended_reason = 'deleted at the source'
ORDER BY link.customer_id, record.system;
