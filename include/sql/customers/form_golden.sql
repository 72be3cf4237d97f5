-- name: customers/form_golden :exec
-- Keeps a golden record as the next version of its customer, unless the newest says the same and
-- nothing was merged into it or split from it since.
-- param  client_id          text
-- param  run_id             text
-- param  customer_id        text
-- param  fields             jsonb
-- param  provenance         jsonb
-- param  input_version_ids  bigint[]
-- param  fingerprint        bytea
-- param  policy_version     text
-- param  now                timestamptz
-- index  golden_version_pkey, identity_change_from, identity_change_to
INSERT INTO golden_version (
    client_id, customer_id, version_no, fields, provenance, input_version_ids, fingerprint,
    policy_version, run_id, formed_at
)
SELECT
    %(client_id)s,
    %(customer_id)s,
    coalesce(newest.version_no, 0) + 1,
    %(fields)s,
    %(provenance)s,
    %(input_version_ids)s,
    %(fingerprint)s,
    %(policy_version)s,
    %(run_id)s,
    %(now)s
FROM (SELECT 1) AS always
LEFT JOIN LATERAL (
    SELECT
        golden.version_no,
        golden.fingerprint,
        golden.input_version_ids,
        golden.formed_at
    FROM golden_version AS golden
    WHERE golden.client_id = %(client_id)s AND golden.customer_id = %(customer_id)s
    ORDER BY golden.version_no DESC
    LIMIT 1
) AS newest ON TRUE
WHERE
    newest.fingerprint IS DISTINCT FROM %(fingerprint)s
    OR newest.input_version_ids IS DISTINCT FROM %(input_version_ids)s::bigint[]
    OR EXISTS (
        SELECT 1
        FROM identity_change AS change
        WHERE
            change.client_id = %(client_id)s
            AND change.from_customer_id = %(customer_id)s
            AND change.changed_at > newest.formed_at
    )
    OR EXISTS (
        SELECT 1
        FROM identity_change AS change
        WHERE
            change.client_id = %(client_id)s
            AND change.to_customer_id = %(customer_id)s
            AND change.changed_at > newest.formed_at
    );
