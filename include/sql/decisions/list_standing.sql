-- name: decisions/list_standing :many
-- The decisions in force, the newest of each pair, with the two records where these still stand:
-- until their system deletes them.
-- column  decision_id      bigint
-- column  kind             text
-- column  left_system      text
-- column  left_key         text
-- column  right_system     text
-- column  right_key        text
-- column  relation         text
-- column  author           text
-- column  reason           text
-- column  decided_at       timestamptz
-- column  expires_at       timestamptz
-- column  ticket_id        bigint
-- column  left_record_id   bigint
-- column  right_record_id  bigint
-- param  client_id  text
-- param  now        timestamptz
-- index  decision_pkey, decision_withdrawal_pkey, source_record_client_id_system_source_key_key
-- index  record_head_pkey
WITH in_force AS (
    SELECT DISTINCT ON (
        least((left_system, left_key), (right_system, right_key)),
        greatest((left_system, left_key), (right_system, right_key))
    ) decision.*
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
    ORDER BY
        least((left_system, left_key), (right_system, right_key)),
        greatest((left_system, left_key), (right_system, right_key)),
        decision.decision_id DESC
),

standing AS (
    SELECT
        record.system,
        record.source_key,
        record.record_id
    FROM (
        SELECT left_system AS system, left_key AS source_key FROM in_force
        UNION
        SELECT right_system AS system, right_key AS source_key FROM in_force
    ) AS named
    INNER JOIN source_record AS record
        ON
            record.client_id = %(client_id)s
            AND named.system = record.system
            AND named.source_key = record.source_key
    WHERE
        NOT EXISTS (
            SELECT 1
            FROM record_head AS head
            WHERE
                head.client_id = record.client_id
                AND head.record_id = record.record_id
                AND head.deleted
        )
)

SELECT
    in_force.decision_id,
    in_force.kind,
    in_force.left_system,
    in_force.left_key,
    in_force.right_system,
    in_force.right_key,
    in_force.relation,
    in_force.author,
    in_force.reason,
    in_force.decided_at,
    in_force.expires_at,
    in_force.ticket_id,
    one.record_id AS left_record_id,
    other.record_id AS right_record_id
FROM in_force
LEFT JOIN standing AS one
    ON in_force.left_system = one.system AND in_force.left_key = one.source_key
LEFT JOIN standing AS other
    ON in_force.right_system = other.system AND in_force.right_key = other.source_key
ORDER BY in_force.decision_id;
