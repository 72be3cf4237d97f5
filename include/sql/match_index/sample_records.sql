-- name: match_index/sample_records :many
-- Every so many-th record of the index, as it is in it. Counting them reads the index of record ids
-- and nothing of the others.
-- column  version_id  bigint
-- column  record_id   bigint
-- column  fields      jsonb
-- column  indexed     boolean  always
-- param  client_id  text
-- param  step       bigint  1: all of them
-- index  match_entry_pkey, prepared_record_pkey
SELECT
    entry.version_id,
    entry.record_id,
    prepared.fields,
    TRUE AS indexed
FROM (
    SELECT
        record_id,
        row_number() OVER (ORDER BY record_id) AS place
    FROM match_entry
    WHERE client_id = %(client_id)s
) AS numbered
INNER JOIN match_entry AS entry
    ON entry.client_id = %(client_id)s AND numbered.record_id = entry.record_id
INNER JOIN prepared_record AS prepared
    ON entry.client_id = prepared.client_id AND entry.version_id = prepared.version_id
WHERE mod(numbered.place - 1, %(step)s) = 0
ORDER BY entry.record_id;
