-- name: agency_events/note_read :exec
-- Notes that a page was read, or why nothing can be read from it.
-- param  client_id    text
-- param  page_id      bigint
-- param  event_count  integer
-- param  problem      text
-- param  now          timestamptz
-- index  agency_page_read_pkey
INSERT INTO agency_page_read (client_id, page_id, event_count, problem, read_at)
VALUES (%(client_id)s, %(page_id)s, %(event_count)s, %(problem)s, %(now)s)
ON CONFLICT (client_id, page_id) DO NOTHING;
