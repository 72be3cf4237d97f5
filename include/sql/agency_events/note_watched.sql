-- name: agency_events/note_watched :exec
-- Notes that a list of the agency watches a company.
-- param  client_id          text
-- param  agency             text
-- param  list               text
-- param  company_reference  text
-- param  customer_id        text
-- param  now                timestamptz
-- index  agency_watch_pkey
INSERT INTO agency_watch (client_id, agency, list, company_reference, customer_id, watched_at)
VALUES (
    %(client_id)s, %(agency)s, %(list)s, %(company_reference)s, %(customer_id)s, %(now)s
)
ON CONFLICT (client_id, agency, list, company_reference) DO NOTHING;
