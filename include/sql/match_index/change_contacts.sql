-- name: match_index/change_contacts :exec
-- Counts records by contact and name in or out; in order, as words are.
-- param  client_id  text
-- param  contacts   bigint[]  sorted
-- param  names      bigint[]
-- param  changes    bigint[]
-- index  match_contact_pkey
INSERT INTO match_contact AS held (client_id, contact, name, records)
SELECT
    %(client_id)s,
    change.contact,
    change.name,
    change.records
FROM unnest(%(contacts)s, %(names)s, %(changes)s) AS change (contact, name, records)
ON CONFLICT (client_id, contact, name) DO UPDATE
SET records = held.records + excluded.records;
