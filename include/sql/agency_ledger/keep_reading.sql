-- name: agency_ledger/keep_reading :exec
-- Keeps that an agency's ledger was read, and what its meter showed.
-- param  client_id   text
-- param  agency      text
-- param  used_units  bigint
-- param  read_at     timestamptz
-- index  agency_reading_pkey
INSERT INTO agency_reading (client_id, agency, read_at, used_units)
VALUES (%(client_id)s, %(agency)s, %(read_at)s, %(used_units)s)
ON CONFLICT (client_id, agency, read_at) DO NOTHING;
