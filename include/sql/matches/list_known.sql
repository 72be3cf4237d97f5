-- name: matches/list_known :one
-- Records as they are in the index, with the customer they belong to: thousands in one row.
-- column  record_ids  bytea  a column of 8-byte numbers
-- column  fields      jsonb
-- column  customers   jsonb
-- param  client_id   text
-- param  record_ids  bigint[]  distinct
-- index  match_entry_pkey, prepared_record_pkey, link_current
SELECT
    string_agg(int8send(entry.record_id), '') AS record_ids,
    jsonb_agg(prepared.fields) AS fields,
    jsonb_agg(link.customer_id) AS customers
FROM unnest(%(record_ids)s) AS wanted (record_id)
INNER JOIN match_entry AS entry
    ON entry.client_id = %(client_id)s AND wanted.record_id = entry.record_id
INNER JOIN prepared_record AS prepared
    ON entry.client_id = prepared.client_id AND entry.version_id = prepared.version_id
LEFT JOIN link
    ON
        entry.client_id = link.client_id
        AND entry.record_id = link.record_id
        AND link.ended_at IS NULL;
