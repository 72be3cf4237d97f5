-- name: match_index/keep_entries :exec
-- Keeps what the index holds of records, and with how many others they were compared.
-- param  client_id        text
-- param  record_ids       bigint[]
-- param  version_ids      bigint[]
-- param  key_from         bigint[]  where a record's keys begin among all
-- param  key_to           bigint[]
-- param  keys             bigint[]
-- param  term_from        bigint[]
-- param  term_to          bigint[]
-- param  terms            bigint[]
-- param  contact_from     bigint[]
-- param  contact_to       bigint[]
-- param  contacts         bigint[]
-- param  names            bigint[]
-- param  compared         bigint[]  -1 when that is still to come
-- index  match_entry_pkey, prepared_record_pkey
INSERT INTO match_entry (
    client_id, record_id, version_id, prepared_at, keys, terms, contacts, names, compared
)
SELECT
    %(client_id)s,
    said.record_id,
    said.version_id,
    prepared.prepared_at,
    (%(keys)s)[said.key_from:said.key_to],
    (%(terms)s)[said.term_from:said.term_to],
    (%(contacts)s)[said.contact_from:said.contact_to],
    (%(names)s)[said.contact_from:said.contact_to],
    nullif(said.compared, -1)
FROM unnest(
    %(record_ids)s,
    %(version_ids)s,
    %(key_from)s,
    %(key_to)s,
    %(term_from)s,
    %(term_to)s,
    %(contact_from)s,
    %(contact_to)s,
    %(compared)s
) AS said (
    record_id, version_id, key_from, key_to, term_from, term_to, contact_from, contact_to, compared
)
INNER JOIN prepared_record AS prepared
    ON prepared.client_id = %(client_id)s AND said.version_id = prepared.version_id
ON CONFLICT (client_id, record_id) DO UPDATE
SET
    version_id = excluded.version_id,
    prepared_at = excluded.prepared_at,
    compared = excluded.compared,
    keys = excluded.keys,
    terms = excluded.terms,
    contacts = excluded.contacts,
    names = excluded.names;
