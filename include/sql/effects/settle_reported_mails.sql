-- name: effects/settle_reported_mails :many
-- Mails of unknown outcome that the carrier has since reported on went out.
-- column  effect_id  uuid
-- param  client_id  text
-- param  now        timestamptz
-- index  effect_unsettled, mail_event_effect
UPDATE effect
SET state = 'done', settled_at = %(now)s, problem = NULL
WHERE
    client_id = %(client_id)s
    AND kind = 'email'
    AND state = 'unknown'
    AND EXISTS (
        SELECT 1 FROM mail_event
        WHERE mail_event.client_id = effect.client_id AND mail_event.effect_id = effect.effect_id
    )
RETURNING effect_id;
