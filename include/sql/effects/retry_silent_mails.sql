-- name: effects/retry_silent_mails :exec
-- Mails of unknown outcome that nobody reported on are sent once more, never twice more.
-- param  client_id     text
-- param  silent_since  timestamptz
-- param  now           timestamptz
-- index  effect_unsettled
UPDATE effect
SET state = 'ready', not_before = %(now)s
WHERE
    client_id = %(client_id)s
    AND kind = 'email'
    AND state = 'unknown'
    AND attempt_count < 2
    AND (
        SELECT max(started_at) FROM effect_attempt AS attempt
        WHERE attempt.client_id = effect.client_id AND attempt.effect_id = effect.effect_id
    ) < %(silent_since)s;
