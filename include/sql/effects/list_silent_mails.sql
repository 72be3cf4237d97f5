-- name: effects/list_silent_mails :many
-- Mails that were sent twice and never reported on: a person looks.
-- column  effect_id  uuid
-- param  client_id     text
-- param  silent_since  timestamptz
-- index  effect_unsettled
SELECT effect_id
FROM effect
WHERE
    client_id = %(client_id)s
    AND kind = 'email'
    AND state = 'unknown'
    AND attempt_count >= 2
    AND (
        SELECT max(started_at) FROM effect_attempt AS attempt
        WHERE attempt.client_id = effect.client_id AND attempt.effect_id = effect.effect_id
    ) < %(silent_since)s
ORDER BY effect_id;
