-- name: plans/list_golden :many
-- The golden values that a run changes, and those that win against others in new golden records;
-- with the values that lose. Of a record that is formed more than once, the last forming.
-- column  customer_id  text
-- column  field        text
-- column  before       text
-- column  after        text
-- column  is_new       boolean
-- column  system       text   "" where the value is gone
-- column  source_key   text
-- column  rule         text
-- column  lost         jsonb  a list of system, source_key and value
-- param  client_id  text
-- param  run_id     text
-- index  golden_version_run, golden_version_pkey, prepared_record_pkey, source_record_pkey
WITH formed AS MATERIALIZED (
    SELECT
        newer.customer_id,
        newer.fields,
        newer.provenance,
        newer.input_version_ids,
        older.fields AS fields_before
    FROM (
        SELECT
            customer_id,
            min(version_no) AS first_no,
            max(version_no) AS last_no
        FROM golden_version
        WHERE client_id = %(client_id)s AND run_id = %(run_id)s
        GROUP BY customer_id
    ) AS span
    INNER JOIN golden_version AS newer
        ON
            newer.client_id = %(client_id)s
            AND span.customer_id = newer.customer_id
            AND span.last_no = newer.version_no
    LEFT JOIN golden_version AS older
        ON
            older.client_id = %(client_id)s
            AND span.customer_id = older.customer_id
            AND span.first_no - 1 = older.version_no
    WHERE newer.fields IS DISTINCT FROM older.fields
),

lost AS (
    SELECT
        formed.customer_id,
        said.key AS field,
        jsonb_agg(
            jsonb_build_object(
                'system', record.system, 'source_key', record.source_key, 'value', said.value
            ) ORDER BY record.system, record.source_key
        ) AS said
    FROM formed
    CROSS JOIN LATERAL unnest(formed.input_version_ids) AS input (version_id)
    INNER JOIN prepared_record AS prepared
        ON prepared.client_id = %(client_id)s AND input.version_id = prepared.version_id
    INNER JOIN source_record AS record
        ON record.client_id = %(client_id)s AND prepared.record_id = record.record_id
    CROSS JOIN LATERAL jsonb_each_text(prepared.fields) AS said
    WHERE said.value <> '' AND said.value IS DISTINCT FROM formed.fields ->> said.key
    GROUP BY formed.customer_id, said.key
),

changed AS (
    SELECT
        formed.customer_id,
        field.name,
        formed.fields_before ->> field.name AS before,
        formed.fields ->> field.name AS after,
        formed.fields_before IS NULL AS is_new,
        formed.provenance -> field.name AS origin
    FROM formed
    CROSS JOIN LATERAL (
        SELECT jsonb_object_keys(formed.fields) AS name
        UNION
        SELECT jsonb_object_keys(coalesce(formed.fields_before, '{}')) AS name
    ) AS field
    WHERE formed.fields ->> field.name IS DISTINCT FROM formed.fields_before ->> field.name
)

SELECT
    changed.customer_id,
    changed.name AS field,
    changed.before,
    changed.after,
    changed.is_new,
    coalesce(changed.origin ->> 'system', '') AS system,
    coalesce(changed.origin ->> 'source_key', '') AS source_key,
    coalesce(changed.origin ->> 'rule', '') AS rule,
    coalesce(lost.said, '[]') AS lost
FROM changed
LEFT JOIN lost ON changed.customer_id = lost.customer_id AND changed.name = lost.field
WHERE NOT changed.is_new OR lost.said IS NOT NULL
ORDER BY changed.customer_id, changed.name;
