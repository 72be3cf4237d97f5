-- name: match_index/list_holders :one
-- Who has each key, as columns of 8-byte numbers. A key's holders are read only as far as the cap,
-- so a common key costs little more than a rare one, however many have it.
-- column  keys        bytea
-- column  record_ids  bytea
-- param  client_id  text
-- param  keys       bigint[]  distinct, sorted
-- param  most       integer
-- index  match_key_pkey
SELECT
    string_agg(int8send(wanted.key), '') AS keys,
    string_agg(int8send(holder.record_id), '') AS record_ids
FROM unnest(%(keys)s) AS wanted (key)
CROSS JOIN LATERAL (
    SELECT array_agg(capped.record_id) AS record_ids
    FROM (
        SELECT held.record_id
        FROM match_key AS held
        WHERE held.client_id = %(client_id)s AND held.key = wanted.key
        LIMIT %(most)s + 1
    ) AS capped
) AS holders
CROSS JOIN LATERAL unnest(holders.record_ids) AS holder (record_id)
WHERE cardinality(holders.record_ids) BETWEEN 2 AND %(most)s;
