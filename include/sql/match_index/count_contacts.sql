-- name: match_index/count_contacts :one
-- Under how many names each contact is used, counted up to the cap, as columns of 8-byte numbers.
-- column  numbers  bytea
-- column  counts  bytea
-- param  client_id  text
-- param  contacts   bigint[]  distinct, sorted
-- param  most       integer
-- index  match_contact_pkey
SELECT
    string_agg(int8send(wanted.contact), '') AS numbers,
    string_agg(int8send(used.names), '') AS counts
FROM unnest(%(contacts)s) AS wanted (contact)
CROSS JOIN LATERAL (
    SELECT count(*) AS names
    FROM (
        SELECT 1
        FROM match_contact AS held
        WHERE held.client_id = %(client_id)s AND held.contact = wanted.contact
        LIMIT %(most)s
    ) AS capped
) AS used
WHERE used.names > 0;
