-- name: runs/count_run :many
-- Counts from the facts what a run did, so that a re-run of a task never counts twice.
-- column  step     text
-- column  measure  text
-- column  value    bigint
-- param  client_id  text
-- param  run_id     text
-- index  source_version_run, version_state_run, golden_version_run, effect_run, sla_clock_decided
WITH counted AS (
    SELECT 'extract' AS step, 'seen' AS measure, coalesce(sum(seen_count), 0) AS value
    FROM landing_page WHERE client_id = %(client_id)s AND run_id = %(run_id)s
    UNION ALL
    SELECT 'extract', 'already_held', coalesce(sum(unchanged_count), 0)
    FROM landing_page WHERE client_id = %(client_id)s AND run_id = %(run_id)s
    UNION ALL
    SELECT 'extract', 'refused', coalesce(sum(refused_count), 0)
    FROM landing_page WHERE client_id = %(client_id)s AND run_id = %(run_id)s
    UNION ALL
    SELECT 'extract', 'landed', count(*)
    FROM source_version WHERE client_id = %(client_id)s AND run_id = %(run_id)s
    UNION ALL
    SELECT 'versions', coalesce(waiting_for || '_waiting', state), count(*)
    FROM version_state WHERE client_id = %(client_id)s AND run_id = %(run_id)s
    GROUP BY 2
    UNION ALL
    SELECT 'match', CASE WHEN rule = 'new' THEN 'new_customers' ELSE 'linked' END, count(*)
    FROM link WHERE client_id = %(client_id)s AND run_id = %(run_id)s AND rule <> 'created_by_us'
    GROUP BY 2
    UNION ALL
    SELECT 'golden', 'versions_formed', count(*)
    FROM golden_version WHERE client_id = %(client_id)s AND run_id = %(run_id)s
    UNION ALL
    SELECT
        kind,
        CASE WHEN state = 'held' AND held_for IS NOT NULL THEN 'held_' || held_for ELSE state END,
        count(*)
    FROM effect WHERE client_id = %(client_id)s AND run_id = %(run_id)s
    GROUP BY 1, 2
    UNION ALL
    SELECT 'tickets', 'opened', count(*)
    FROM ticket_event
    INNER JOIN run ON ticket_event.client_id = run.client_id AND run.run_id = %(run_id)s
    WHERE
        ticket_event.client_id = %(client_id)s
        AND ticket_event.event IN ('opened', 'reopened')
        AND ticket_event.happened_at >= run.opened_at
    UNION ALL
    SELECT 'tickets', 'open', count(*)
    FROM ticket WHERE client_id = %(client_id)s AND state = 'open'
    UNION ALL
    -- Clocks that became sure since the run before was closed, and those that go on.
    SELECT 'sla', verdict.measure, count(*)
    FROM sla_clock AS clock
    CROSS JOIN LATERAL (
        VALUES ('due'), (CASE WHEN clock.state = 'met' THEN 'done' ELSE clock.state END)
    ) AS verdict (measure)
    WHERE
        clock.client_id = %(client_id)s
        AND clock.decided_at > (
            SELECT coalesce(max(earlier.closed_at), '-infinity')
            FROM run AS earlier
            INNER JOIN run AS this USING (client_id)
            WHERE
                this.client_id = %(client_id)s
                AND this.run_id = %(run_id)s
                AND earlier.opened_at < this.opened_at
        )
    GROUP BY 2
    UNION ALL
    SELECT 'sla', CASE WHEN state = 'late' THEN 'overdue' ELSE state END, count(*)
    FROM sla_clock
    WHERE client_id = %(client_id)s AND is_open AND state <> 'not_started'
    GROUP BY 2
)

SELECT
    step,
    measure,
    value::bigint
FROM counted
WHERE value > 0
ORDER BY step, measure;
