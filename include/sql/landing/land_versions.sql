-- name: landing/land_versions :many
-- Lands each row of a page that differs from the newest version of its record, as the next
-- version, pending. Its unsettled predecessors are superseded; one in force stays in force until
-- this version is applied.
-- column  version_id     bigint
-- column  superseded_id  bigint  an unsettled predecessor, or null
-- param  client_id  text
-- param  system     text
-- param  run_id     text
-- param  now        timestamptz
-- param  rows       jsonb
-- index  source_record_client_id_system_source_key_key, record_head_pkey, version_state_record
WITH incoming AS (
    SELECT
        record.record_id,
        row.payload,
        decode(row.payload_hash, 'hex') AS payload_hash,
        row.evidence,
        row.modified_at,
        row.deleted,
        row.guard,
        coalesce(head.version_no, 0) + 1 AS version_no
    FROM jsonb_to_recordset(%(rows)s) AS row (
        key text, payload jsonb, payload_hash text, evidence jsonb,
        modified_at timestamptz, deleted boolean, guard text
    )
    INNER JOIN source_record AS record
        ON
            record.client_id = %(client_id)s
            AND record.system = %(system)s
            AND record.source_key = row.key
    LEFT JOIN record_head AS head
        ON record.client_id = head.client_id AND record.record_id = head.record_id
    WHERE
        head.payload_hash IS DISTINCT FROM decode(row.payload_hash, 'hex')
        OR head.deleted <> row.deleted
),

landed AS (
    INSERT INTO source_version (
        client_id, record_id, version_no, run_id, payload, payload_hash, evidence,
        observed_at, modified_at, deleted
    )
    SELECT
        %(client_id)s,
        incoming.record_id,
        incoming.version_no,
        %(run_id)s,
        incoming.payload,
        incoming.payload_hash,
        incoming.evidence,
        %(now)s,
        incoming.modified_at,
        incoming.deleted
    FROM incoming
    RETURNING version_id, record_id, version_no, payload_hash, deleted
),

headed AS (
    INSERT INTO record_head (
        client_id, record_id, version_id, version_no, payload_hash, deleted, guard
    )
    SELECT
        %(client_id)s,
        landed.record_id,
        landed.version_id,
        landed.version_no,
        landed.payload_hash,
        landed.deleted,
        incoming.guard
    FROM landed
    INNER JOIN incoming USING (record_id)
    ON CONFLICT (client_id, record_id) DO UPDATE
    SET
        version_id = excluded.version_id,
        version_no = excluded.version_no,
        payload_hash = excluded.payload_hash,
        deleted = excluded.deleted,
        guard = excluded.guard
),

superseded AS (
    UPDATE version_state AS state
    SET
        state = 'superseded', waiting_for = NULL, cause = NULL, changed_at = %(now)s
    FROM landed
    WHERE
        state.client_id = %(client_id)s
        AND state.record_id = landed.record_id
        AND state.state IN ('pending', 'waiting', 'set_aside')
    RETURNING state.version_id, state.record_id
),

stated AS (
    INSERT INTO version_state (client_id, version_id, record_id, state, run_id, changed_at)
    SELECT
        %(client_id)s,
        landed.version_id,
        landed.record_id,
        'pending',
        %(run_id)s,
        %(now)s
    FROM landed
)

SELECT
    landed.version_id,
    superseded.version_id AS superseded_id
FROM landed
LEFT JOIN superseded USING (record_id);
