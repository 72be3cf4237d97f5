-- name: audit/verify_entries :many
-- The entries at which a client's chain does not hold: recomputes each seal.
-- param  client_id      text
-- column seq            bigint
-- column expected_seq   bigint
-- column is_gap         boolean  does not follow its predecessor's number
-- column is_unlinked    boolean  is not sealed to its predecessor
-- column is_altered     boolean  is not what was sealed
-- index  audit_entry_pkey
SELECT
    checked.seq,
    checked.expected_seq,
    checked.seq <> checked.expected_seq AS is_gap,
    checked.previous_hash <> checked.expected_hash AS is_unlinked,
    checked.entry_hash <> checked.computed_hash AS is_altered
FROM (
    SELECT
        entry.seq,
        entry.previous_hash,
        entry.entry_hash,
        audit_hash(entry) AS computed_hash,
        1 + coalesce(lag(entry.seq) OVER in_order, 0) AS expected_seq,
        coalesce(
            lag(entry.entry_hash) OVER in_order,
            sha256(convert_to(entry.client_id, 'UTF8'))
        ) AS expected_hash
    FROM audit_entry AS entry
    WHERE entry.client_id = %(client_id)s
    WINDOW in_order AS (ORDER BY entry.seq)
) AS checked
WHERE
    checked.seq <> checked.expected_seq
    OR checked.previous_hash <> checked.expected_hash
    OR checked.entry_hash <> checked.computed_hash
ORDER BY checked.seq;
