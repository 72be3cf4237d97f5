-- name: matches/list_known :one
-- Records as they are in the index, with the customer they belong to: thousands in one row. Looked
-- up one by one, or the planner reads a whole client for them.
-- column  record_ids  bytea  a column of 8-byte numbers
-- column  fields      json
-- column  customers   json
-- param  client_id   text
-- param  record_ids  bigint[]  distinct
-- index  match_entry_pkey, prepared_record_pkey, link_current
SELECT
    string_agg(int8send(wanted.record_id), '') AS record_ids,
    json_agg(known.fields) AS fields,
    json_agg(known.customer_id) AS customers
FROM unnest(%(record_ids)s) AS wanted (record_id)
CROSS JOIN LATERAL (
    SELECT
        prepared.fields,
        link.customer_id
    FROM match_entry AS entry
    INNER JOIN prepared_record AS prepared
        ON entry.client_id = prepared.client_id AND entry.version_id = prepared.version_id
    LEFT JOIN link
        ON
            entry.client_id = link.client_id
            AND entry.record_id = link.record_id
            AND link.ended_at IS NULL
    WHERE entry.client_id = %(client_id)s AND entry.record_id = wanted.record_id
    LIMIT 1
) AS known;
