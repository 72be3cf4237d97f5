-- name: matches/list_pairs :many
-- Each pair of a record of the delta and another that shares a key which is rare enough. A key's
-- holders are counted only as far as the cap, so a common key costs no more than a rare one.
-- column  left_id   bigint  of the delta
-- column  right_id  bigint
-- param  client_id    text
-- param  record_ids   bigint[]
-- param  max_per_key  integer
-- index  match_key_record, match_key_pkey
WITH wanted AS (
    SELECT DISTINCT key
    FROM match_key
    WHERE client_id = %(client_id)s AND record_id = ANY(%(record_ids)s)
),

shared AS MATERIALIZED (
    SELECT holders.record_ids
    FROM wanted
    CROSS JOIN LATERAL (
        SELECT array_agg(capped.record_id) AS record_ids
        FROM (
            SELECT held.record_id
            FROM match_key AS held
            WHERE held.client_id = %(client_id)s AND held.key = wanted.key
            LIMIT %(max_per_key)s + 1
        ) AS capped
    ) AS holders
    WHERE cardinality(holders.record_ids) BETWEEN 2 AND %(max_per_key)s
)

SELECT DISTINCT
    one.record_id AS left_id,
    other.record_id AS right_id
FROM shared
CROSS JOIN LATERAL unnest(shared.record_ids) AS one (record_id)
CROSS JOIN LATERAL unnest(shared.record_ids) AS other (record_id)
WHERE
    one.record_id = ANY(%(record_ids)s)
    AND other.record_id <> one.record_id
    AND NOT (other.record_id = ANY(%(record_ids)s) AND other.record_id < one.record_id)
ORDER BY left_id, right_id;
