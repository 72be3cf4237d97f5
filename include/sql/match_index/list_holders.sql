-- name: match_index/list_holders :one
-- Who has each key that more than one record has, as columns of 8-byte numbers. A key's holders are
-- read only as far as the cap, so a common key costs little more than a rare one, however many have
-- it.
-- column  keys        bytea
-- column  numbers     bytea  of holders, key by key
-- column  record_ids  bytea  the holders
-- param  client_id  text
-- param  keys       bigint[]  distinct, sorted
-- param  most       integer
-- index  match_key_holders
SELECT
    string_agg(int8send(wanted.key), '') AS keys,
    string_agg(int8send(holders.number), '') AS numbers,
    string_agg(holders.record_ids, '') AS record_ids
FROM unnest(%(keys)s) AS wanted (key)
CROSS JOIN LATERAL (
    SELECT
        count(*) AS number,
        string_agg(int8send(capped.record_id), '') AS record_ids
    FROM (
        SELECT held.record_id
        FROM match_key AS held
        WHERE held.client_id = %(client_id)s AND held.key = wanted.key
        LIMIT %(most)s + 1
    ) AS capped
) AS holders
WHERE holders.number BETWEEN 2 AND %(most)s;
