-- name: agency_events/find_last_pull :one
-- When a page of an agency's events came last; null for never.
-- column  pulled_at  timestamptz
-- param  client_id  text
-- param  agency     text
-- index  agency_page_pkey
SELECT max(pulled_at) AS pulled_at
FROM agency_page
WHERE client_id = %(client_id)s AND agency = %(agency)s;
