-- name: matches/list_heads :many
-- Who records are, whose they are, and what was searched for them.
-- column  record_id    bigint
-- column  system       text
-- column  source_key   text
-- column  customer_id  text
-- column  version_id   bigint   pending, searched for and undecided; NULL when there is none
-- column  keys         integer
-- column  compared     integer
-- param  client_id   text
-- param  record_ids  bigint[]  distinct
-- index  source_record_pkey, link_current, match_entry_pkey, version_state_pkey
SELECT
    record.record_id,
    record.system,
    record.source_key,
    link.customer_id,
    CASE WHEN entry.compared IS NOT NULL THEN state.version_id END AS version_id,
    coalesce(cardinality(entry.keys), 0) AS keys,
    coalesce(entry.compared, 0) AS compared
FROM unnest(%(record_ids)s) AS wanted (record_id)
INNER JOIN source_record AS record
    ON record.client_id = %(client_id)s AND wanted.record_id = record.record_id
LEFT JOIN match_entry AS entry
    ON record.client_id = entry.client_id AND record.record_id = entry.record_id
LEFT JOIN version_state AS state
    ON
        entry.client_id = state.client_id
        AND entry.version_id = state.version_id
        AND state.state = 'pending'
LEFT JOIN link
    ON
        record.client_id = link.client_id
        AND record.record_id = link.record_id
        AND link.ended_at IS NULL;
