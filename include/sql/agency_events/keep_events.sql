-- name: agency_events/keep_events :exec
-- Keeps the events of a page; one that was told before is the same fact.
-- param  client_id  text
-- param  page_id    bigint
-- param  rows       jsonb  event_id, agency, company_reference, kind, old, new, happened_at
-- param  now        timestamptz
-- index  agency_event_pkey
INSERT INTO agency_event (
    client_id, agency, event_id, page_id, company_reference, kind, old, new, happened_at, noted_at
)
SELECT
    %(client_id)s,
    told.agency,
    told.event_id,
    %(page_id)s,
    told.company_reference,
    told.kind,
    told.old,
    told.new,
    told.happened_at,
    %(now)s
FROM jsonb_to_recordset(%(rows)s) AS told (
    event_id text,
    agency text,
    company_reference text,
    kind text,
    old text,
    new text,
    happened_at timestamptz
)
ON CONFLICT (client_id, agency, event_id) DO NOTHING;
