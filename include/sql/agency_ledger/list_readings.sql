-- name: agency_ledger/list_readings :many
-- The readings of an agency's meter between two moments, oldest first.
-- column  read_at     timestamptz
-- column  used_units  bigint
-- param  client_id  text
-- param  agency     text
-- param  since      timestamptz
-- param  until      timestamptz
-- index  agency_reading_pkey
SELECT
    read_at,
    used_units
FROM agency_reading
WHERE
    client_id = %(client_id)s
    AND agency = %(agency)s
    AND read_at >= %(since)s
    AND read_at < %(until)s
    AND used_units IS NOT NULL
ORDER BY read_at;
