-- name: outbox/list_written :many
-- The records that these pushes changed, as they were last read, with the paths that other pushes
-- have written since.
-- column  record_id    bigint
-- column  system       text
-- column  source_key   text
-- column  customer_id  text         whom it belongs to today, or did when it was written
-- column  version_id   bigint
-- column  payload      jsonb
-- column  guard        text
-- column  deleted      boolean
-- column  read_at      timestamptz
-- column  later        text[]
-- param  client_id   text
-- param  effect_ids  uuid[]
-- index  effect_pkey, record_head_pkey, effect_record, link_current
WITH asked AS (
    SELECT
        record_id,
        max(planned_at) AS planned_at,
        max(customer_id) AS customer_id
    FROM effect
    WHERE
        client_id = %(client_id)s
        AND effect_id = ANY(%(effect_ids)s)
        AND kind = 'push'
        AND record_id IS NOT NULL
    GROUP BY record_id
)

SELECT
    record.record_id,
    record.system,
    record.source_key,
    coalesce(link.customer_id, asked.customer_id) AS customer_id,
    head.version_id,
    version.payload,
    head.guard,
    head.deleted,
    version.observed_at AS read_at,
    coalesce((
        SELECT array_agg(DISTINCT written.path ORDER BY written.path)
        FROM effect AS later
        CROSS JOIN LATERAL jsonb_object_keys(later.after) AS written (path)
        WHERE
            later.client_id = record.client_id
            AND later.record_id = record.record_id
            AND later.kind = 'push'
            AND later.state = 'done'
            AND later.planned_at > asked.planned_at
            AND later.effect_id <> ALL(%(effect_ids)s)
    ), '{}') AS later
FROM asked
INNER JOIN source_record AS record
    ON record.client_id = %(client_id)s AND asked.record_id = record.record_id
INNER JOIN record_head AS head
    ON record.client_id = head.client_id AND record.record_id = head.record_id
INNER JOIN source_version AS version
    ON head.client_id = version.client_id AND head.version_id = version.version_id
LEFT JOIN link
    ON
        record.client_id = link.client_id
        AND record.record_id = link.record_id
        AND link.ended_at IS NULL
ORDER BY record.system, record.source_key;
