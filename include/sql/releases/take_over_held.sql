-- name: releases/take_over_held :exec
-- Makes part of this run's plan what runs have planned that died before their guards saw it, what
-- waits for an approval that nobody gave, and what was only watched. It counts as planned now, and
-- the link of a mail is good for as long as it would have been.
-- param  client_id  text
-- param  run_id     text
-- param  now        timestamptz
-- index  effect_unsettled, confirmation_request_client_id_effect_id_key
WITH found AS (
    SELECT
        effect.effect_id,
        effect.not_before
    FROM effect
    WHERE
        effect.client_id = %(client_id)s
        AND effect.state = 'held'
        AND effect.run_id <> %(run_id)s
        AND (effect.held_for IS NULL OR effect.held_for IN ('approval', 'shadow'))
    FOR UPDATE
),

prolonged AS (
    UPDATE confirmation_request AS request
    SET expires_at = request.expires_at + (%(now)s - found.not_before)
    FROM found
    WHERE request.client_id = %(client_id)s AND request.effect_id = found.effect_id
)

UPDATE effect
SET run_id = %(run_id)s, held_for = NULL, planned_at = %(now)s, not_before = %(now)s
FROM found
WHERE effect.client_id = %(client_id)s AND effect.effect_id = found.effect_id;
