-- name: effects/resend_effect :exec
-- Makes due again, on a person's word, an effect whose outcome is not known, or an order or mail
-- that was refused. A refused push is planned anew when its data changes, not sent again.
-- param  client_id  text
-- param  effect_id  uuid
-- param  now        timestamptz
-- index  effect_pkey
UPDATE effect
SET state = 'ready', not_before = %(now)s, settled_at = NULL, problem = 'sent again by a person'
WHERE
    client_id = %(client_id)s
    AND effect_id = %(effect_id)s
    AND (state = 'unknown' OR (state = 'failed' AND kind <> 'push'));
