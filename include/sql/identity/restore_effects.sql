-- name: identity/restore_effects :many
-- Gives effects that were withdrawn for one reason their state back; says whose plan is held again.
-- column  run_id      text
-- column  state       text
-- column  has_ticket  boolean  an open one tells of its run's held plan, or none is needed
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
    effect.run_id,
    effect.state,
    effect.held_for IS NOT DISTINCT FROM 'shadow' OR EXISTS (
        SELECT 1
        FROM ticket_subject AS subject
        INNER JOIN ticket USING (client_id, ticket_id)
        WHERE
            subject.client_id = effect.client_id
            AND subject.subject = 'plan:' || effect.run_id
            AND subject.cleared_at IS NULL
            AND ticket.state = 'open'
    ) AS has_ticket;
