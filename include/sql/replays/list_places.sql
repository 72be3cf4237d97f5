-- name: replays/list_places :many
-- The systems that had, or once had, a record of a customer when golden versions were formed.
-- column  customer_id  text
-- column  version_no   integer
-- column  system       text
-- param  client_id     text
-- param  customer_ids  text[]
-- param  version_nos   integer[]
-- index  golden_version_pkey, link_customer, link_ended_customer
SELECT DISTINCT
    golden.customer_id,
    golden.version_no,
    record.system
FROM unnest(%(customer_ids)s, %(version_nos)s) AS asked (customer_id, version_no)
INNER JOIN golden_version AS golden
    ON
        golden.client_id = %(client_id)s
        AND asked.customer_id = golden.customer_id
        AND asked.version_no = golden.version_no
INNER JOIN link
    ON
        link.client_id = %(client_id)s
        AND golden.customer_id = link.customer_id
        AND link.linked_at <= golden.formed_at
INNER JOIN source_record AS record
    ON link.client_id = record.client_id AND link.record_id = record.record_id
ORDER BY golden.customer_id, golden.version_no, record.system;
