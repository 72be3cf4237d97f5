-- name: match_index/begin_edition :exec
-- Begins the client's index anew; what it held is dropped by others.
-- param  client_id  text
-- param  edition    integer
-- index  match_index_pkey
INSERT INTO match_index (client_id, edition)
SELECT
    %(client_id)s,
    %(edition)s
ON CONFLICT (client_id) DO UPDATE
SET edition = excluded.edition, records = 0, indexed_to = 0, complete = FALSE;
