-- name: agency_ledger/find_reading_before :maybe
-- The newest reading of an agency's meter before a moment.
-- column  read_at     timestamptz
-- column  used_units  bigint
-- param  client_id  text
-- param  agency     text
-- param  before     timestamptz
-- index  agency_reading_pkey
SELECT
    read_at,
    used_units
FROM agency_reading
WHERE
    client_id = %(client_id)s
    AND agency = %(agency)s
    AND read_at < %(before)s
    AND used_units IS NOT NULL
ORDER BY read_at DESC
LIMIT 1;
