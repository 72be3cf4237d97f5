-- name: agency_ledger/keep_charges :exec
-- Keeps the lines of a statement; one that was kept before is left as it is.
-- param  client_id           text
-- param  agency              text
-- param  charge_ids          text[]
-- param  company_references  text[]
-- param  our_references      text[]
-- param  units               integer[]
-- param  charged_at          timestamptz[]
-- param  now                 timestamptz
-- index  agency_charge_pkey
INSERT INTO agency_charge (
    client_id, agency, charge_id, company_reference, our_reference, units, charged_at, seen_at
)
SELECT
    %(client_id)s,
    %(agency)s,
    line.charge_id,
    line.company_reference,
    line.our_reference,
    line.units,
    line.charged_at,
    %(now)s
FROM unnest(
    %(charge_ids)s::text[],
    %(company_references)s::text[],
    %(our_references)s::text[],
    %(units)s::integer[],
    %(charged_at)s::timestamptz[]
) AS line (charge_id, company_reference, our_reference, units, charged_at)
ON CONFLICT (client_id, agency, charge_id) DO NOTHING;
