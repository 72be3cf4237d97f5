-- name: match_index/drop_entries :exec
-- Forgets what the index holds of records.
-- param  client_id   text
-- param  record_ids  bigint[]
-- index  match_entry_pkey
DELETE FROM match_entry
WHERE client_id = %(client_id)s AND record_id = ANY(%(record_ids)s);
