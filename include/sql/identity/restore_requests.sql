-- name: identity/restore_requests :exec
-- Opens revoked questions again.
-- param  client_id    text
-- param  request_ids  uuid[]
-- index  confirmation_request_pkey
UPDATE confirmation_request
SET state = 'planned'
WHERE
    client_id = %(client_id)s AND request_id = ANY(%(request_ids)s) AND state = 'revoked';
