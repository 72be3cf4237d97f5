-- name: customers/list_touched :many
-- Customers that this run formed, or of whom it applied a version; the same of earlier runs that
-- died before they had planned; and those whose last push to a system met a record that had been
-- saved meanwhile: it is planned anew; and those of whom a person has lifted a rollback; and, when
-- the client's rules are others than those last planned by, those whom a code table or a rule kept
-- waiting. Of one that was merged since, the one that it stands for.
-- column  customer_id  text
-- param  client_id  text
-- param  run_id     text
-- index  run_unplanned, version_state_run, golden_version_run, effect_stale, effect_customer
-- index  ticket_client_id_cause_key_key, ticket_subject_pkey
WITH due AS (
    SELECT run_id FROM run
    WHERE client_id = %(client_id)s AND (run_id = %(run_id)s OR planned_at IS NULL)
),

touched AS (
    SELECT link.customer_id
    FROM due
    INNER JOIN version_state AS state USING (run_id)
    INNER JOIN link
        ON
            state.client_id = link.client_id
            AND state.record_id = link.record_id
            AND link.ended_at IS NULL
    WHERE state.client_id = %(client_id)s AND state.state = 'applied'
    UNION
    SELECT golden.customer_id
    FROM due
    INNER JOIN golden_version AS golden USING (run_id)
    WHERE golden.client_id = %(client_id)s
    UNION
    SELECT stale.customer_id
    FROM effect AS stale
    WHERE
        stale.client_id = %(client_id)s
        AND stale.kind = 'push'
        AND stale.state = 'cancelled'
        AND stale.attempt_count > 0
        AND NOT EXISTS (
            SELECT 1
            FROM effect AS newer
            WHERE
                newer.client_id = stale.client_id
                AND newer.customer_id = stale.customer_id
                AND newer.kind = 'push'
                AND newer.target = stale.target
                AND newer.planned_at > stale.planned_at
        )
    UNION
    SELECT link.customer_id
    FROM decision
    INNER JOIN decision_withdrawal AS lifted USING (client_id, decision_id)
    INNER JOIN source_record AS record
        ON
            decision.client_id = record.client_id
            AND decision.left_system = record.system
            AND decision.left_key = record.source_key
    INNER JOIN link
        ON
            record.client_id = link.client_id
            AND record.record_id = link.record_id
            AND link.ended_at IS NULL
    WHERE
        decision.client_id = %(client_id)s
        AND decision.kind = 'rollback'
        AND lifted.withdrawn_at > coalesce((
            SELECT max(run.opened_at) FROM run
            WHERE
                run.client_id = %(client_id)s
                AND run.run_id <> %(run_id)s
                AND run.planned_at IS NOT NULL
        ), '-infinity')
    UNION
    SELECT split_part(waiting.subject, ':', 3) AS customer_id
    FROM ticket
    INNER JOIN ticket_subject AS waiting USING (client_id, ticket_id)
    WHERE
        ticket.client_id = %(client_id)s
        AND ticket.kind = 'effect'
        AND ticket.cause_key LIKE 'push:%%'
        AND waiting.subject LIKE 'projection:%%'
        AND waiting.cleared_at IS NULL
        AND (
            SELECT this.policy_version FROM run AS this
            WHERE this.client_id = %(client_id)s AND this.run_id = %(run_id)s
        ) IS DISTINCT FROM (
            SELECT last.policy_version FROM run AS last
            WHERE
                last.client_id = %(client_id)s
                AND last.run_id <> %(run_id)s
                AND last.planned_at IS NOT NULL
            ORDER BY last.opened_at DESC
            LIMIT 1
        )
)

SELECT DISTINCT
    CASE
        WHEN named.redirect_to IS NULL THEN named.customer_id
        ELSE live_customer(named.client_id, named.customer_id)
    END AS customer_id
FROM touched
INNER JOIN customer AS named
    ON named.client_id = %(client_id)s AND touched.customer_id = named.customer_id
ORDER BY customer_id;
