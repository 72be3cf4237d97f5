-- name: matches/list_judgements :many
-- The decisions in force on pairs that name one of these records; the newest of a pair.
-- column  left_system   text
-- column  left_key      text
-- column  right_system  text
-- column  right_key     text
-- column  kind          text
-- param  client_id   text
-- param  record_ids  bigint[]
-- param  now         timestamptz
-- index  decision_left, decision_right
WITH named AS (
    SELECT system, source_key
    FROM source_record
    WHERE client_id = %(client_id)s AND record_id = ANY(%(record_ids)s)
),

found AS (
    SELECT decision.*
    FROM decision
    INNER JOIN named
        ON decision.left_system = named.system AND decision.left_key = named.source_key
    WHERE decision.client_id = %(client_id)s
    UNION
    SELECT decision.*
    FROM decision
    INNER JOIN named
        ON decision.right_system = named.system AND decision.right_key = named.source_key
    WHERE decision.client_id = %(client_id)s
)

SELECT DISTINCT ON (
    least(left_system || ':' || left_key, right_system || ':' || right_key),
    greatest(left_system || ':' || left_key, right_system || ':' || right_key)
)
    left_system,
    left_key,
    right_system,
    right_key,
    kind
FROM found
WHERE
    kind IN ('same', 'not_same', 'related')
    AND (expires_at IS NULL OR expires_at > %(now)s)
    AND NOT EXISTS (
        SELECT 1
        FROM decision_withdrawal AS withdrawal
        WHERE
            withdrawal.client_id = %(client_id)s
            AND withdrawal.decision_id = found.decision_id
    )
ORDER BY
    least(left_system || ':' || left_key, right_system || ':' || right_key),
    greatest(left_system || ':' || left_key, right_system || ':' || right_key),
    decision_id DESC;
