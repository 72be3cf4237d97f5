-- name: replays/list_inputs :many
-- The source versions that golden versions were formed from, with what each record held then and
-- what we had written to it by then. Shaped like customers/list_inputs; one a golden version.
-- column  customer_id  text
-- column  version_no   integer
-- column  record_id    bigint
-- column  version_id   bigint
-- column  system       text
-- column  source_key   text
-- column  fields       jsonb
-- column  prepared_by  text         the policy version that made the fields
-- column  payload      jsonb
-- column  guard        text
-- column  is_pending   boolean
-- column  observed_at  timestamptz
-- column  said_at      jsonb        field to time
-- column  pushed       jsonb
-- column  own_fields   jsonb        what it said before a merge that had been undone, else empty
-- column  own_said_at  jsonb
-- param  client_id     text
-- param  customer_ids  text[]
-- param  version_nos   integer[]
-- index  golden_version_pkey, source_version_pkey, prepared_record_pkey, effect_record
SELECT
    golden.customer_id,
    golden.version_no,
    used.record_id,
    used.version_id,
    record.system,
    record.source_key,
    prepared.fields,
    prepared.policy_version AS prepared_by,
    held.payload,
    NULL::text AS guard,
    FALSE AS is_pending,
    used.observed_at,
    prepared.said_at,
    coalesce(pushed.after, '{}') AS pushed,
    coalesce(own.fields, '{}') AS own_fields,
    coalesce(own.said_at, '{}') AS own_said_at
FROM unnest(%(customer_ids)s, %(version_nos)s) AS asked (customer_id, version_no)
INNER JOIN golden_version AS golden
    ON
        golden.client_id = %(client_id)s
        AND asked.customer_id = golden.customer_id
        AND asked.version_no = golden.version_no
CROSS JOIN LATERAL unnest(golden.input_version_ids) AS input (version_id)
INNER JOIN source_version AS used
    ON golden.client_id = used.client_id AND input.version_id = used.version_id
INNER JOIN source_record AS record
    ON used.client_id = record.client_id AND used.record_id = record.record_id
INNER JOIN prepared_record AS prepared
    ON used.client_id = prepared.client_id AND used.version_id = prepared.version_id
-- What says the same in other letters is landed as a version and settled as unchanged.
CROSS JOIN LATERAL (
    SELECT landed.payload
    FROM source_version AS landed
    LEFT JOIN version_state AS state USING (client_id, version_id)
    WHERE
        landed.client_id = used.client_id
        AND landed.record_id = used.record_id
        AND landed.version_id >= used.version_id
        AND landed.observed_at <= golden.formed_at
        AND (landed.version_id = used.version_id OR state.state = 'unchanged')
    ORDER BY landed.version_id DESC
    LIMIT 1
) AS held
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(change.key, change.value ORDER BY effect.planned_at) AS after
    FROM effect
    CROSS JOIN LATERAL jsonb_each(effect.after) AS change
    WHERE
        effect.client_id = used.client_id
        AND effect.record_id = used.record_id
        AND effect.kind = 'push'
        AND effect.state = 'done'
        AND effect.settled_at <= golden.formed_at
) AS pushed ON TRUE
LEFT JOIN LATERAL (
    SELECT merge.changed_at
    FROM identity_change AS undo
    INNER JOIN identity_change AS merge
        ON undo.client_id = merge.client_id AND undo.undoes = merge.change_id
    WHERE
        undo.client_id = golden.client_id
        AND golden.customer_id IN (undo.from_customer_id, undo.to_customer_id)
        AND undo.changed_at <= golden.formed_at
    ORDER BY undo.change_id DESC
    LIMIT 1
) AS parted ON TRUE
LEFT JOIN LATERAL (
    SELECT
        before.fields,
        before.said_at
    FROM prepared_record AS before
    INNER JOIN source_version AS landed USING (client_id, version_id)
    WHERE
        before.client_id = used.client_id
        AND before.record_id = used.record_id
        AND landed.observed_at <= parted.changed_at
    ORDER BY before.version_id DESC
    LIMIT 1
) AS own ON parted.changed_at IS NOT NULL
ORDER BY golden.customer_id, golden.version_no, used.record_id;
