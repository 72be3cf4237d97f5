-- name: matches/list_ties :one
-- The pairs that have to be decided together, as columns of 8-byte numbers: what may be the same,
-- what people judged, and what points at another record by its key.
-- column  left_ids   bytea
-- column  right_ids  bytea
-- param  client_id     text
-- param  record_ids    bigint[]  distinct
-- param  from_systems  text[]
-- param  to_systems    text[]
-- index  match_candidate_pkey, match_candidate_right, source_record_pkey, decision_left
-- index  decision_right, source_record_client_id_system_source_key_key
WITH wanted AS MATERIALIZED (
    SELECT unnest(%(record_ids)s) AS record_id
),

named AS (
    SELECT record.*
    FROM wanted
    INNER JOIN source_record AS record
        ON record.client_id = %(client_id)s AND wanted.record_id = record.record_id
),

tie (left_id, right_id) AS (
    SELECT
        candidate.left_record_id,
        candidate.right_record_id
    FROM wanted
    INNER JOIN match_candidate AS candidate
        ON candidate.client_id = %(client_id)s AND wanted.record_id = candidate.left_record_id
    WHERE candidate.band <> 'new'
    UNION ALL
    SELECT
        candidate.left_record_id,
        candidate.right_record_id
    FROM wanted
    INNER JOIN match_candidate AS candidate
        ON candidate.client_id = %(client_id)s AND wanted.record_id = candidate.right_record_id
    WHERE candidate.band <> 'new'
    UNION ALL
    SELECT
        named.record_id,
        other.record_id
    FROM named
    INNER JOIN decision
        ON
            named.client_id = decision.client_id
            AND named.system = decision.left_system
            AND named.source_key = decision.left_key
    INNER JOIN source_record AS other
        ON
            decision.client_id = other.client_id
            AND decision.right_system = other.system
            AND decision.right_key = other.source_key
    WHERE decision.kind = 'same'
    UNION ALL
    SELECT
        named.record_id,
        other.record_id
    FROM named
    INNER JOIN decision
        ON
            named.client_id = decision.client_id
            AND named.system = decision.right_system
            AND named.source_key = decision.right_key
    INNER JOIN source_record AS other
        ON
            decision.client_id = other.client_id
            AND decision.left_system = other.system
            AND decision.left_key = other.source_key
    WHERE decision.kind = 'same'
    UNION ALL
    SELECT
        named.record_id,
        other.record_id
    FROM named
    INNER JOIN unnest(%(from_systems)s, %(to_systems)s) AS pointer (from_system, to_system)
        ON named.system = pointer.from_system
    INNER JOIN source_record AS other
        ON
            named.client_id = other.client_id
            AND pointer.to_system = other.system
            AND named.source_key = other.source_key
)

SELECT
    string_agg(int8send(left_id), '') AS left_ids,
    string_agg(int8send(right_id), '') AS right_ids
FROM tie;
