-- name: agency_events/keep_page :one
-- Keeps a page of an agency's events as it came, before anybody reads it.
-- column  page_id  bigint
-- param  client_id  text
-- param  agency     text
-- param  body       jsonb
-- param  now        timestamptz
INSERT INTO agency_page (client_id, agency, body, pulled_at)
VALUES (%(client_id)s, %(agency)s, %(body)s, %(now)s)
RETURNING page_id;
