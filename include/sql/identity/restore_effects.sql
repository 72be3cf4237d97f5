-- name: identity/restore_effects :many
-- Gives effects that were withdrawn for one reason their state back; says what is held again.
-- column  effect_id   uuid
-- column  run_id      text
-- column  by_person   boolean  a person holds it
-- column  is_untold   boolean  it is held, and no open ticket tells of that where one has to
-- param  client_id   text
-- param  effect_ids  uuid[]
-- param  states      text[]
-- param  why         text
-- index  effect_pkey
UPDATE effect
SET state = before.state, problem = NULL, settled_at = NULL
FROM unnest(%(effect_ids)s, %(states)s) AS before (effect_id, state)
WHERE
    effect.client_id = %(client_id)s
    AND effect.effect_id = before.effect_id
    AND effect.state = 'cancelled'
    AND effect.problem = %(why)s
    AND effect.attempt_count = 0
RETURNING
    effect.effect_id,
    effect.run_id,
    effect.held_for IS NOT DISTINCT FROM 'person' AS by_person,
    effect.state = 'held' AND effect.held_for IS DISTINCT FROM 'shadow' AND NOT EXISTS (
        SELECT 1
        FROM ticket_subject AS subject
        INNER JOIN ticket USING (client_id, ticket_id)
        WHERE
            subject.client_id = effect.client_id
            AND subject.subject = CASE
                WHEN effect.held_for = 'person' THEN 'effect:' || effect.effect_id
                ELSE 'plan:' || effect.run_id
            END
            AND subject.cleared_at IS NULL
            AND ticket.state = 'open'
    ) AS is_untold;
