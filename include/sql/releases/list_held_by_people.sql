-- name: releases/list_held_by_people :many
-- Pushes to these records, or that would create records of these customers or of those merged into
-- them, that a person holds; but for those that undo. What a merge, split or unmerge has withdrawn
-- is held as long as its ticket says so: the hold stands for what is planned instead.
-- column  effect_id     uuid
-- column  target        text
-- column  customer_id   text      the one that the customer stands for, where it was asked about
-- column  record_id     bigint    null: a creation
-- column  is_withdrawn  boolean   since who is who has changed
-- param  client_id     text
-- param  customer_ids  text[]
-- param  record_ids    bigint[]
-- param  withdrawn     text[]     why effects are withdrawn then
-- index  effect_customer, effect_record, customer_redirect, ticket_subject_subject
WITH asked AS (
    SELECT
        effect.effect_id,
        within.live_id AS customer_id
    FROM customers_within(%(client_id)s, %(customer_ids)s) AS within
    INNER JOIN effect
        ON effect.client_id = %(client_id)s AND within.customer_id = effect.customer_id
    WHERE effect.kind = 'push' AND effect.held_for = 'person' AND effect.record_id IS NULL
    UNION
    SELECT
        effect_id,
        NULL
    FROM effect
    WHERE
        client_id = %(client_id)s
        AND record_id = ANY(%(record_ids)s)
        AND kind = 'push'
        AND held_for = 'person'
)

SELECT
    effect.effect_id,
    effect.target,
    effect.record_id,
    effect.state = 'cancelled' AS is_withdrawn,
    coalesce(max(asked.customer_id), effect.customer_id) AS customer_id
FROM asked
INNER JOIN effect
    ON effect.client_id = %(client_id)s AND asked.effect_id = effect.effect_id
WHERE
    NOT effect.body ? 'undoes'
    AND (
        effect.state = 'held'
        OR (
            effect.state = 'cancelled'
            AND effect.problem = ANY(%(withdrawn)s)
            AND EXISTS (
                SELECT 1
                FROM ticket_subject AS subject
                INNER JOIN ticket USING (client_id, ticket_id)
                WHERE
                    subject.client_id = effect.client_id
                    AND subject.subject = 'effect:' || effect.effect_id
                    AND subject.cleared_at IS NULL
                    AND ticket.kind = 'guard'
            )
        )
    )
GROUP BY effect.client_id, effect.effect_id
ORDER BY effect.planned_at, effect.effect_id;
