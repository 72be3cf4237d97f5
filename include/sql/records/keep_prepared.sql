-- name: records/keep_prepared :exec
-- Keeps the canonical form of versions.
-- param  client_id       text
-- param  rows            jsonb
-- param  policy_version  text
-- param  now             timestamptz
-- index  prepared_record_pkey
INSERT INTO prepared_record (
    client_id, version_id, record_id, fields, problems, said_at, news, policy_version,
    prepared_at
)
SELECT
    %(client_id)s,
    row.version_id,
    row.record_id,
    row.fields,
    row.problems,
    row.said_at,
    row.news,
    %(policy_version)s,
    %(now)s
FROM jsonb_to_recordset(%(rows)s) AS row (
    version_id bigint, record_id bigint, fields jsonb, problems jsonb, said_at jsonb,
    news text[]
)
ON CONFLICT (client_id, version_id) DO UPDATE
SET
    fields = excluded.fields,
    problems = excluded.problems,
    said_at = excluded.said_at,
    news = excluded.news,
    policy_version = excluded.policy_version,
    prepared_at = excluded.prepared_at;
