-- name: audit/count_entries :one
-- How long a client's chain is.
-- column  count  bigint
-- param  client_id  text
-- index  audit_entry_pkey
SELECT count(*) FROM audit_entry WHERE client_id = %(client_id)s;
