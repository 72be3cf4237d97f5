-- name: identity/revoke_requests :many
-- Revokes the open questions of mails that are withdrawn.
-- column  request_id  uuid
-- param  client_id   text
-- param  effect_ids  uuid[]
-- index  confirmation_request_client_id_effect_id_key
UPDATE confirmation_request
SET state = 'revoked'
WHERE
    client_id = %(client_id)s AND effect_id = ANY(%(effect_ids)s) AND state = 'planned'
RETURNING request_id;
