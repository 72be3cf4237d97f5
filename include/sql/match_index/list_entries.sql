-- name: match_index/list_entries :one
-- What the index holds of records, in columns of 8-byte numbers, most significant byte first.
-- column  record_ids       bytea
-- column  key_records      bytea
-- column  keys             bytea
-- column  term_records     bytea
-- column  terms            bytea
-- column  contact_records  bytea
-- column  contacts         bytea
-- column  names            bytea
-- param  client_id   text
-- param  record_ids  bigint[]
-- index  match_entry_pkey
WITH held AS MATERIALIZED (
    SELECT entry.*
    FROM unnest(%(record_ids)s) AS wanted (record_id)
    INNER JOIN match_entry AS entry
        ON entry.client_id = %(client_id)s AND entry.record_id = wanted.record_id
)

SELECT
    record.ids AS record_ids,
    key.records AS key_records,
    key.kept AS keys,
    term.records AS term_records,
    term.kept AS terms,
    contact.records AS contact_records,
    contact.kept AS contacts,
    contact.names
FROM (
    SELECT string_agg(int8send(held.record_id), '') AS ids
    FROM held
) AS record
CROSS JOIN (
    SELECT
        string_agg(int8send(held.record_id), '') AS records,
        string_agg(int8send(one.hash), '') AS kept
    FROM held, unnest(held.keys) AS one (hash)
) AS key
CROSS JOIN (
    SELECT
        string_agg(int8send(held.record_id), '') AS records,
        string_agg(int8send(one.hash), '') AS kept
    FROM held, unnest(held.terms) AS one (hash)
) AS term
CROSS JOIN (
    SELECT
        string_agg(int8send(held.record_id), '') AS records,
        string_agg(int8send(one.hash), '') AS kept,
        string_agg(int8send(one.name), '') AS names
    FROM held, unnest(held.contacts, held.names) AS one (hash, name)
) AS contact;
