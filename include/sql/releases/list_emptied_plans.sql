-- name: releases/list_emptied_plans :many
-- Runs whose plan somebody is asked to release although nothing of it is held any more.
-- column  run_id  text
-- param  client_id  text
-- index  ticket_open, effect_unsettled
SELECT substr(subject.subject, length('plan:') + 1) AS run_id
FROM ticket
INNER JOIN ticket_subject AS subject USING (client_id, ticket_id)
WHERE
    ticket.client_id = %(client_id)s
    AND ticket.state = 'open'
    AND ticket.kind = 'guard'
    AND subject.cleared_at IS NULL
    AND starts_with(subject.subject, 'plan:')
    AND NOT EXISTS (
        SELECT 1
        FROM effect
        WHERE
            effect.client_id = ticket.client_id
            AND effect.state = 'held'
            AND coalesce(effect.held_for, '') NOT IN ('person', 'shadow')
            AND 'plan:' || effect.run_id = subject.subject
    )
ORDER BY run_id;
