-- name: decisions/list_about :many
-- The decisions in force that name one of these records, or one that is the same as one of them by
-- such decisions.
-- column  decision_id   bigint
-- column  kind          text
-- column  left_system   text
-- column  left_key      text
-- column  right_system  text
-- column  right_key     text
-- column  relation      text
-- column  author        text
-- column  reason        text
-- column  decided_at    timestamptz
-- column  expires_at    timestamptz
-- column  ticket_id     bigint
-- param  client_id  text
-- param  systems    text[]       with keys: the records
-- param  keys       text[]
-- param  now        timestamptz
-- index  decision_left, decision_right
WITH RECURSIVE in_force AS NOT MATERIALIZED (
    SELECT decision.*
    FROM decision
    WHERE
        decision.client_id = %(client_id)s
        AND decision.kind IN ('same', 'not_same', 'related')
        AND (decision.expires_at IS NULL OR decision.expires_at > %(now)s)
        AND NOT EXISTS (
            SELECT 1
            FROM decision_withdrawal AS withdrawal
            WHERE
                withdrawal.client_id = decision.client_id
                AND withdrawal.decision_id = decision.decision_id
        )
),

reached AS (
    SELECT
        given.system,
        given.key
    FROM unnest(%(systems)s, %(keys)s) AS given (system, key)
    UNION
    SELECT
        far.system,
        far.key
    FROM reached
    INNER JOIN in_force AS joined
        ON
            joined.kind = 'same'
            AND (
                (joined.left_system = reached.system AND joined.left_key = reached.key)
                OR (joined.right_system = reached.system AND joined.right_key = reached.key)
            )
    CROSS JOIN LATERAL (
        VALUES (joined.left_system, joined.left_key), (joined.right_system, joined.right_key)
    ) AS far (system, key)
)

SELECT DISTINCT
    found.decision_id,
    found.kind,
    found.left_system,
    found.left_key,
    found.right_system,
    found.right_key,
    found.relation,
    found.author,
    found.reason,
    found.decided_at,
    found.expires_at,
    found.ticket_id
FROM reached
INNER JOIN in_force AS found
    ON
        (found.left_system = reached.system AND found.left_key = reached.key)
        OR (found.right_system = reached.system AND found.right_key = reached.key)
ORDER BY found.decision_id;
