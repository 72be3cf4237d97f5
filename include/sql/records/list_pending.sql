-- name: records/list_pending :many
-- The pending versions of a range, with the fields of the version in force.
-- column  version_id       bigint
-- column  record_id        bigint
-- column  system           text
-- column  source_key       text
-- column  payload          jsonb
-- column  deleted          boolean
-- column  observed_at      timestamptz
-- column  modified_at      timestamptz
-- column  previous_fields  jsonb
-- column  previous_said_at jsonb        field to time
-- column  previous_payload jsonb
-- column  pushed           jsonb        what we last wrote to the record, by path
-- param  client_id         text
-- param  first_version_id  bigint
-- param  last_version_id   bigint
-- index  version_state_open, version_state_record, effect_record
SELECT
    state.version_id,
    state.record_id,
    record.system,
    record.source_key,
    version.payload,
    version.deleted,
    version.observed_at,
    version.modified_at,
    previous.fields AS previous_fields,
    previous.said_at AS previous_said_at,
    version_before.payload AS previous_payload,
    coalesce(pushed.after, '{}') AS pushed
FROM version_state AS state
INNER JOIN source_version AS version USING (client_id, version_id)
INNER JOIN source_record AS record
    ON state.client_id = record.client_id AND state.record_id = record.record_id
LEFT JOIN version_state AS in_force
    ON
        state.client_id = in_force.client_id
        AND state.record_id = in_force.record_id
        AND in_force.state = 'applied'
LEFT JOIN source_version AS version_before
    ON
        in_force.client_id = version_before.client_id
        AND in_force.version_id = version_before.version_id
LEFT JOIN prepared_record AS previous
    ON in_force.client_id = previous.client_id AND in_force.version_id = previous.version_id
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(written.path, written.value ORDER BY written.planned_at) AS after
    FROM (
        SELECT
            change.key AS path,
            change.value,
            effect.planned_at
        FROM effect, jsonb_each(effect.after) AS change
        WHERE
            effect.client_id = state.client_id
            AND effect.record_id = state.record_id
            AND effect.kind = 'push'
            AND effect.state = 'done'
    ) AS written
) AS pushed ON TRUE
WHERE
    state.client_id = %(client_id)s
    AND state.state = 'pending'
    AND state.version_id BETWEEN %(first_version_id)s AND %(last_version_id)s
ORDER BY state.version_id;
