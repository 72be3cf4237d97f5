-- name: records/settle :exec
-- Moves pending versions to a state. Only pending ones: what somebody else settled stays so.
-- param  client_id    text
-- param  rows         jsonb
-- param  state        text
-- param  waiting_for  text
-- param  now          timestamptz
-- index  version_state_pkey
UPDATE version_state AS state
SET
    state = %(state)s,
    waiting_for = %(waiting_for)s::text,
    cause = row.cause,
    changed_at = %(now)s
FROM jsonb_to_recordset(%(rows)s) AS row (version_id bigint, cause text)
WHERE
    state.client_id = %(client_id)s
    AND state.version_id = row.version_id
    AND state.state = 'pending';
