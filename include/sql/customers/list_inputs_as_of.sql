-- name: customers/list_inputs_as_of :many
-- What the records of a golden version said at a time, by their systems' own clocks, as far as
-- that version knew: of each record the newest version of then. One of which all versions
-- are newer said nothing yet. Shaped like list_inputs.
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
-- column  pushed       jsonb        what we had written to it before it was read
-- param  client_id    text
-- param  customer_id  text
-- param  version_ids  bigint[]     those that the golden version was formed from
-- param  true_at      timestamptz
-- index  source_version_pkey, prepared_record_record, effect_record
SELECT
    asked.customer_id,
    record.record_id,
    of_then.version_id,
    record.system,
    record.source_key,
    of_then.fields,
    of_then.payload,
    NULL::text AS guard,
    of_then.observed_at,
    of_then.said_at,
    FALSE AS is_pending,
    coalesce(pushed.after, '{}') AS pushed
FROM source_version AS used
INNER JOIN source_record AS record USING (client_id, record_id)
CROSS JOIN (VALUES (%(customer_id)s)) AS asked (customer_id)
CROSS JOIN LATERAL (
    SELECT
        prepared.version_id,
        prepared.fields,
        prepared.said_at,
        version.payload,
        version.observed_at
    FROM prepared_record AS prepared
    INNER JOIN source_version AS version USING (client_id, version_id)
    WHERE
        prepared.client_id = used.client_id
        AND prepared.record_id = used.record_id
        AND prepared.version_id <= used.version_id
        AND coalesce(version.modified_at, version.observed_at) <= %(true_at)s
    ORDER BY prepared.version_id DESC
    LIMIT 1
) AS of_then
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(change.key, change.value ORDER BY effect.planned_at) AS after
    FROM effect, jsonb_each(effect.after) AS change
    WHERE
        effect.client_id = used.client_id
        AND effect.record_id = used.record_id
        AND effect.kind = 'push'
        AND effect.state = 'done'
        AND effect.planned_at <= of_then.observed_at
) AS pushed ON TRUE
WHERE used.client_id = %(client_id)s AND used.version_id = ANY(%(version_ids)s)
ORDER BY record.record_id;
