-- name: matches/list_heads :many
-- Who records are, whose they are, and what was searched for those that may be undecided; of others
-- nothing more is read.
-- column  record_id    bigint
-- column  system       text
-- column  source_key   text
-- column  customer_id  text
-- column  version_id   bigint   pending, searched for and undecided; NULL when there is none
-- column  keys         integer
-- column  compared     integer
-- param  client_id   text
-- param  record_ids  bigint[]  distinct
-- param  undecided   bigint[]  each that may be, once more; 0 in the place of another
-- index  source_record_pkey, link_current, match_entry_pkey, version_state_pkey
SELECT
    record.record_id,
    record.system,
    record.source_key,
    link.customer_id,
    searched.version_id,
    coalesce(searched.keys, 0) AS keys,
    coalesce(searched.compared, 0) AS compared
FROM unnest(%(record_ids)s, %(undecided)s) AS wanted (record_id, undecided)
INNER JOIN source_record AS record
    ON record.client_id = %(client_id)s AND wanted.record_id = record.record_id
LEFT JOIN LATERAL (
    SELECT
        state.version_id,
        cardinality(entry.keys) AS keys,
        entry.compared
    FROM match_entry AS entry
    INNER JOIN version_state AS state
        ON entry.client_id = state.client_id AND entry.version_id = state.version_id
    WHERE
        entry.client_id = %(client_id)s
        AND wanted.undecided = entry.record_id
        AND entry.compared IS NOT NULL
        AND state.state = 'pending'
) AS searched ON TRUE
LEFT JOIN link
    ON
        record.client_id = link.client_id
        AND record.record_id = link.record_id
        AND link.ended_at IS NULL;
