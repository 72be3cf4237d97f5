-- name: customers/apply_versions :exec
-- Settles pending versions as applied, and what they replace as superseded.
-- param  client_id    text
-- param  version_ids  bigint[]
-- param  now          timestamptz
-- index  version_state_pkey, version_state_record
WITH applied AS (
    UPDATE version_state AS state
    SET state = 'applied', changed_at = %(now)s
    WHERE
        state.client_id = %(client_id)s
        AND state.version_id = ANY(%(version_ids)s)
        AND state.state = 'pending'
    RETURNING state.version_id, state.record_id
)

UPDATE version_state AS replaced
SET state = 'superseded', changed_at = %(now)s
FROM applied
WHERE
    replaced.client_id = %(client_id)s
    AND replaced.record_id = applied.record_id
    AND replaced.version_id < applied.version_id
    AND replaced.state IN ('applied', 'unchanged');
