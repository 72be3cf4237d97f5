-- name: records/end_links :many
-- Takes back the links of records that their system deleted, and says whose they were.
-- column  record_id    bigint
-- column  customer_id  text
-- param  client_id    text
-- param  version_ids  bigint[]
-- param  now          timestamptz
-- index  link_current
UPDATE link
SET ended_at = %(now)s, ended_reason = 'deleted at the source'
FROM version_state AS state
WHERE
    state.client_id = %(client_id)s
    AND state.version_id = ANY(%(version_ids)s)
    AND link.client_id = state.client_id
    AND link.record_id = state.record_id
    AND link.ended_at IS NULL
RETURNING link.record_id, link.customer_id;
