-- name: customers/form_golden :exec
-- Keeps golden records, each as the next version of its customer, unless the newest says the same
-- and nothing was merged into it or split from it since.
-- param  client_id       text
-- param  run_id          text
-- param  records         jsonb  customer_id, fields, provenance, input_version_ids, fingerprint
-- param  policy_version  text
-- param  now             timestamptz
-- index  golden_version_pkey, identity_change_from, identity_change_to
INSERT INTO golden_version (
    client_id, customer_id, version_no, fields, provenance, input_version_ids, fingerprint,
    policy_version, run_id, formed_at
)
SELECT
    %(client_id)s,
    record.customer_id,
    coalesce(newest.version_no, 0) + 1,
    record.fields,
    record.provenance,
    record.input_version_ids,
    decode(record.fingerprint, 'hex'),
    %(policy_version)s,
    %(run_id)s,
    %(now)s
FROM jsonb_to_recordset(%(records)s) AS record (
    customer_id text, fields jsonb, provenance jsonb, input_version_ids bigint[], fingerprint text
)
LEFT JOIN LATERAL (
    SELECT
        golden.version_no,
        golden.fingerprint,
        golden.input_version_ids,
        golden.formed_at
    FROM golden_version AS golden
    WHERE golden.client_id = %(client_id)s AND golden.customer_id = record.customer_id
    ORDER BY golden.version_no DESC
    LIMIT 1
) AS newest ON TRUE
WHERE
    newest.fingerprint IS DISTINCT FROM decode(record.fingerprint, 'hex')
    OR newest.input_version_ids IS DISTINCT FROM record.input_version_ids
    OR EXISTS (
        SELECT 1
        FROM identity_change AS change
        WHERE
            change.client_id = %(client_id)s
            AND change.from_customer_id = record.customer_id
            AND change.changed_at > newest.formed_at
    )
    OR EXISTS (
        SELECT 1
        FROM identity_change AS change
        WHERE
            change.client_id = %(client_id)s
            AND change.to_customer_id = record.customer_id
            AND change.changed_at > newest.formed_at
    );
