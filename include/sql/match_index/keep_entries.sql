-- name: match_index/keep_entries :exec
-- Keeps what the index holds of records; they have still to be compared.
-- param  client_id        text
-- param  record_ids       bigint[]
-- param  version_ids      bigint[]
-- param  key_records      bigint[]
-- param  keys             bigint[]
-- param  term_records     bigint[]
-- param  terms            bigint[]
-- param  contact_records  bigint[]
-- param  contacts         bigint[]
-- param  names            bigint[]
-- index  match_entry_pkey, prepared_record_pkey
INSERT INTO match_entry (
    client_id, record_id, version_id, prepared_at, keys, terms, contacts, names
)
SELECT
    %(client_id)s,
    said.record_id,
    said.version_id,
    prepared.prepared_at,
    coalesce(key.kept, '{}'),
    coalesce(term.kept, '{}'),
    coalesce(contact.kept, '{}'),
    coalesce(contact.names, '{}')
FROM unnest(%(record_ids)s, %(version_ids)s) AS said (record_id, version_id)
INNER JOIN prepared_record AS prepared
    ON prepared.client_id = %(client_id)s AND said.version_id = prepared.version_id
LEFT JOIN (
    SELECT
        one.record_id,
        array_agg(one.hash) AS kept
    FROM unnest(%(key_records)s, %(keys)s) AS one (record_id, hash)
    GROUP BY one.record_id
) AS key ON said.record_id = key.record_id
LEFT JOIN (
    SELECT
        one.record_id,
        array_agg(one.hash) AS kept
    FROM unnest(%(term_records)s, %(terms)s) AS one (record_id, hash)
    GROUP BY one.record_id
) AS term ON said.record_id = term.record_id
LEFT JOIN (
    SELECT
        one.record_id,
        array_agg(one.hash) AS kept,
        array_agg(one.name) AS names
    FROM unnest(%(contact_records)s, %(contacts)s, %(names)s) AS one (record_id, hash, name)
    GROUP BY one.record_id
) AS contact ON said.record_id = contact.record_id
ON CONFLICT (client_id, record_id) DO UPDATE
SET
    version_id = excluded.version_id,
    prepared_at = excluded.prepared_at,
    compared = NULL,
    keys = excluded.keys,
    terms = excluded.terms,
    contacts = excluded.contacts,
    names = excluded.names;
