-- name: outbox/release_effects :exec
-- Lets held effects go out: each when it has waited its time since it was planned; what was tried,
-- not before its last request is surely over. The link of a mail is good for as long as it would
-- have been, had the mail not been held.
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  hold        jsonb        kind to seconds
-- param  now         timestamptz
-- index  effect_pkey, confirmation_request_client_id_effect_id_key
WITH found AS (
    SELECT
        effect_id,
        not_before AS was_due,
        greatest(
            %(now)s,
            planned_at + make_interval(secs => (%(hold)s::jsonb ->> kind)::float),
            CASE WHEN attempt_count > 0 THEN not_before END
        ) AS is_due
    FROM effect
    WHERE
        client_id = %(client_id)s
        AND effect_id = ANY(%(effect_ids)s)
        AND state = 'held'
    FOR UPDATE
),

prolonged AS (
    UPDATE confirmation_request AS request
    SET expires_at = request.expires_at + (found.is_due - found.was_due)
    FROM found
    WHERE request.client_id = %(client_id)s AND request.effect_id = found.effect_id
)

UPDATE effect
SET state = 'ready', held_for = NULL, not_before = found.is_due
FROM found
WHERE effect.client_id = %(client_id)s AND effect.effect_id = found.effect_id;
