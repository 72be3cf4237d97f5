-- name: runs/count_versions :one
-- How many versions were ever landed.
-- column  count  bigint
-- param  client_id  text
-- index  source_version_pkey
SELECT count(*) FROM source_version WHERE client_id = %(client_id)s;
