-- name: matches/list_pairs :many
-- Each pair of a record of the delta and another that shares a key which is rare enough.
-- column  left_id   bigint  of the delta
-- column  right_id  bigint
-- param  client_id    text
-- param  record_ids   bigint[]
-- param  max_per_key  integer
-- index  match_key_record, match_key_pkey
WITH wanted AS (
    SELECT DISTINCT
        mine.record_id,
        mine.key
    FROM match_key AS mine
    WHERE mine.client_id = %(client_id)s AND mine.record_id = ANY(%(record_ids)s)
),

rare AS (
    SELECT wanted.key
    FROM (SELECT DISTINCT key FROM wanted) AS wanted
    CROSS JOIN LATERAL (
        SELECT count(*) AS holders
        FROM (
            SELECT 1
            FROM match_key AS held
            WHERE held.client_id = %(client_id)s AND held.key = wanted.key
            LIMIT %(max_per_key)s + 1
        ) AS capped
    ) AS counted
    WHERE counted.holders BETWEEN 2 AND %(max_per_key)s
)

SELECT DISTINCT
    wanted.record_id AS left_id,
    other.record_id AS right_id
FROM wanted
INNER JOIN rare USING (key)
INNER JOIN match_key AS other ON other.client_id = %(client_id)s AND other.key = wanted.key
WHERE
    other.record_id <> wanted.record_id
    AND NOT (other.record_id = ANY(%(record_ids)s) AND other.record_id < wanted.record_id)
ORDER BY left_id, right_id;
