-- name: runs/find_violations :many
-- Every breach of the conservation law and of what tickets and effects promise, in words with ids.
-- One row is one breach; none is the law kept.
-- column  words  text
-- param  client_id  text
-- param  now        timestamptz
SELECT 'version ' || version.version_id || ' is in no state' AS words
FROM source_version AS version
LEFT JOIN version_state AS state USING (client_id, version_id)
WHERE version.client_id = %(client_id)s AND state.version_id IS NULL
UNION ALL
SELECT 'version ' || state.version_id || ' is still pending although its run is closed'
FROM version_state AS state
INNER JOIN run USING (client_id, run_id)
WHERE
    state.client_id = %(client_id)s AND state.state = 'pending'
    AND run.state NOT IN ('open', 'failed')
UNION ALL
SELECT 'version ' || state.version_id || ' is ' || state.state || ' without an open ticket'
FROM version_state AS state
WHERE
    state.client_id = %(client_id)s AND state.state IN ('waiting', 'set_aside')
    -- What waits for a planned order says which; each run looks at it again.
    AND NOT EXISTS (
        SELECT 1
        FROM effect
        WHERE
            effect.client_id = state.client_id
            AND state.state = 'waiting'
            AND state.cause = 'effect:' || effect.effect_id
    )
    AND NOT EXISTS (
        SELECT 1
        FROM ticket
        INNER JOIN ticket_subject AS subject USING (client_id, ticket_id)
        WHERE
            ticket.client_id = state.client_id
            AND ticket.cause_key = state.cause
            AND subject.subject = 'version:' || state.version_id
            AND (
                (ticket.state = 'open' AND subject.cleared_at IS NULL)
                -- A person has answered, and the next run takes the version up.
                OR (
                    ticket.resolved_at >= state.changed_at
                    AND ticket.resolved_by <> 'mastersync'
                )
            )
    )
UNION ALL
SELECT 'version ' || state.version_id || ' is applied but in no golden record'
FROM version_state AS state
INNER JOIN source_version AS version USING (client_id, version_id)
INNER JOIN link ON state.client_id = link.client_id AND state.record_id = link.record_id
    AND link.ended_at IS NULL
WHERE
    state.client_id = %(client_id)s AND state.state = 'applied' AND NOT version.deleted
    AND NOT EXISTS (
        SELECT 1
        FROM golden_version AS golden
        WHERE
            golden.client_id = link.client_id
            AND golden.customer_id = link.customer_id
            AND state.version_id = ANY(golden.input_version_ids)
    )
    -- Who was merged or split since is formed anew in the next run.
    AND NOT EXISTS (
        SELECT 1
        FROM identity_change AS change
        WHERE
            change.client_id = link.client_id
            AND link.customer_id IN (change.from_customer_id, change.to_customer_id)
            AND change.changed_at > coalesce((
                SELECT max(golden.formed_at)
                FROM golden_version AS golden
                WHERE
                    golden.client_id = link.client_id
                    AND golden.customer_id = link.customer_id
            ), '-infinity')
    )
UNION ALL
SELECT 'version ' || state.version_id || ' is applied but its record has no customer'
FROM version_state AS state
INNER JOIN source_version AS version USING (client_id, version_id)
WHERE
    state.client_id = %(client_id)s AND state.state = 'applied' AND NOT version.deleted
    AND NOT EXISTS (
        SELECT 1 FROM link
        WHERE link.client_id = state.client_id AND link.record_id = state.record_id
    )
UNION ALL
SELECT 'version ' || state.version_id || ' is superseded but no newer version exists'
FROM version_state AS state
INNER JOIN record_head AS head USING (client_id, record_id)
WHERE
    state.client_id = %(client_id)s AND state.state = 'superseded'
    AND head.version_id = state.version_id
UNION ALL
SELECT 'record ' || state.record_id || ' has ' || count(*) || ' versions in force'
FROM version_state AS state
WHERE state.client_id = %(client_id)s AND state.state = 'applied'
GROUP BY state.record_id
HAVING count(*) > 1
UNION ALL
SELECT
    'run ' || run_id || ' landed ' || coalesce(page.landed, 0)
    || ' rows but holds ' || coalesce(held.held, 0)
FROM (
    SELECT run_id, sum(new_count) AS landed
    FROM landing_page WHERE client_id = %(client_id)s GROUP BY run_id
) AS page
FULL JOIN (
    SELECT run_id, count(*) AS held
    FROM source_version WHERE client_id = %(client_id)s GROUP BY run_id
) AS held USING (run_id)
WHERE coalesce(page.landed, 0) <> coalesce(held.held, 0)
UNION ALL
SELECT 'effect ' || effect.effect_id || ' is held without an open ticket'
FROM effect
WHERE
    effect.client_id = %(client_id)s AND effect.state = 'held'
    -- Of a client that is only watched nobody is asked, nor while the plan is still being made.
    AND effect.held_for IS DISTINCT FROM 'shadow'
    AND NOT (
        effect.held_for IS NULL
        AND EXISTS (
            SELECT 1 FROM run
            WHERE
                run.client_id = effect.client_id
                AND run.run_id = effect.run_id
                AND run.planned_at IS NULL
        )
    )
    AND NOT EXISTS (
        SELECT 1
        FROM ticket_subject AS subject
        INNER JOIN ticket USING (client_id, ticket_id)
        WHERE
            subject.client_id = effect.client_id
            AND subject.subject IN ('plan:' || effect.run_id, 'effect:' || effect.effect_id)
            AND subject.cleared_at IS NULL
            AND ticket.state = 'open'
    )
UNION ALL
SELECT 'effect ' || effect.effect_id || ' is ' || effect.state || ' and nobody was told'
FROM effect
WHERE
    effect.client_id = %(client_id)s
    AND (effect.state = 'failed' OR (effect.state = 'unknown' AND effect.kind <> 'email'))
    AND NOT EXISTS (
        SELECT 1
        FROM ticket_subject AS subject
        WHERE
            subject.client_id = effect.client_id
            AND subject.subject IN (
                'effect:' || effect.effect_id,
                'write:' || effect.target || ':' || effect.customer_id
            )
    )
UNION ALL
SELECT 'effect ' || effect.effect_id || ' has been in flight beyond its lease'
FROM effect
WHERE
    effect.client_id = %(client_id)s AND effect.state = 'inflight'
    AND effect.lease_until < %(now)s - interval '1 hour'
UNION ALL
SELECT 'effect ' || effect.effect_id || ' is done but not in the disclosure ledger'
FROM effect
WHERE
    effect.client_id = %(client_id)s AND effect.state = 'done'
    AND NOT EXISTS (
        SELECT 1 FROM disclosure
        WHERE disclosure.client_id = effect.client_id AND disclosure.effect_id = effect.effect_id
    )
UNION ALL
SELECT 'ticket ' || ticket.ticket_id || ' is open although all it is about is settled'
FROM ticket
WHERE
    ticket.client_id = %(client_id)s AND ticket.state = 'open'
    AND EXISTS (
        SELECT 1 FROM ticket_subject AS subject
        WHERE subject.client_id = ticket.client_id AND subject.ticket_id = ticket.ticket_id
    )
    AND NOT EXISTS (
        SELECT 1 FROM ticket_subject AS subject
        WHERE
            subject.client_id = ticket.client_id AND subject.ticket_id = ticket.ticket_id
            AND subject.cleared_at IS NULL
    );
