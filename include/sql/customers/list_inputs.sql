-- name: customers/list_inputs :many
-- The version in force of each linked record of these customers, and what we last wrote to it. Of
-- one that was part of a merge and no longer is, also what it said before: what we wrote to it
-- meanwhile was another customer's.
-- column  customer_id  text
-- column  record_id    bigint
-- column  version_id   bigint
-- column  system       text
-- column  source_key   text
-- column  fields       jsonb
-- column  payload      jsonb
-- column  guard        text
-- column  observed_at  timestamptz
-- column  said_at      jsonb        field to time
-- column  is_pending   boolean
-- column  pushed       jsonb
-- column  own_fields   jsonb        what it said before a merge that was undone, else empty
-- column  own_said_at  jsonb
-- param  client_id     text
-- param  customer_ids  text[]
-- param  with_waiting  boolean      also what waits, as a person who decides on it needs
-- index  link_customer, version_state_record, effect_record, identity_change_from
SELECT
    link.customer_id,
    link.record_id,
    state.version_id,
    record.system,
    record.source_key,
    prepared.fields,
    version.payload,
    head.guard,
    version.observed_at,
    prepared.said_at,
    state.state = 'pending' AS is_pending,
    coalesce(pushed.after, '{}') AS pushed,
    coalesce(own.fields, '{}') AS own_fields,
    coalesce(own.said_at, '{}') AS own_said_at
FROM link
INNER JOIN source_record AS record USING (client_id, record_id)
INNER JOIN record_head AS head USING (client_id, record_id)
CROSS JOIN LATERAL (
    SELECT
        version_state.version_id,
        version_state.state
    FROM version_state
    WHERE
        version_state.client_id = link.client_id
        AND version_state.record_id = link.record_id
        AND (
            version_state.state IN ('pending', 'applied')
            OR (%(with_waiting)s AND version_state.state = 'waiting')
        )
    ORDER BY version_state.version_id DESC
    LIMIT 1
) AS state
INNER JOIN prepared_record AS prepared
    ON link.client_id = prepared.client_id AND state.version_id = prepared.version_id
-- What the record holds now may be written another way than the version in force.
CROSS JOIN LATERAL (
    SELECT version_state.version_id
    FROM version_state
    WHERE
        version_state.client_id = link.client_id
        AND version_state.record_id = link.record_id
        AND (
            version_state.state IN ('pending', 'applied', 'unchanged')
            OR (%(with_waiting)s AND version_state.state = 'waiting')
        )
    ORDER BY version_state.version_id DESC
    LIMIT 1
) AS held
INNER JOIN source_version AS version
    ON link.client_id = version.client_id AND held.version_id = version.version_id
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(written.path, written.value ORDER BY written.planned_at) AS after
    FROM (
        SELECT
            change.key AS path,
            change.value,
            effect.planned_at
        FROM effect, jsonb_each(effect.after) AS change
        WHERE
            effect.client_id = link.client_id
            AND effect.record_id = link.record_id
            AND effect.kind = 'push'
            AND effect.state = 'done'
    ) AS written
) AS pushed ON TRUE
LEFT JOIN LATERAL (
    SELECT merge.changed_at
    FROM identity_change AS undo
    INNER JOIN identity_change AS merge
        ON undo.client_id = merge.client_id AND undo.undoes = merge.change_id
    WHERE
        undo.client_id = link.client_id
        AND link.customer_id IN (undo.from_customer_id, undo.to_customer_id)
        AND merge.changed_at >= link.linked_at
    ORDER BY undo.change_id DESC
    LIMIT 1
) AS parted ON TRUE
LEFT JOIN LATERAL (
    SELECT
        before.fields,
        before.said_at
    FROM prepared_record AS before
    INNER JOIN source_version AS landed USING (client_id, version_id)
    INNER JOIN version_state AS settled USING (client_id, version_id)
    WHERE
        before.client_id = link.client_id
        AND before.record_id = link.record_id
        AND landed.observed_at <= parted.changed_at
        AND settled.state IN ('applied', 'superseded')
    ORDER BY before.version_id DESC
    LIMIT 1
) AS own ON parted.changed_at IS NOT NULL
WHERE
    link.client_id = %(client_id)s
    AND link.customer_id = ANY(%(customer_ids)s)
    AND link.ended_at IS NULL
    AND NOT version.deleted
ORDER BY link.customer_id, link.record_id;
