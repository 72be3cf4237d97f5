-- name: customers/list_due :many
-- Customers with a fact that their golden record lacks: a pending version, a record taken away,
-- an answer, a pin or a report newer than the last forming.
-- column  customer_id  text
-- param  client_id  text
-- param  run_id     text
-- param  first_id   text  the range's ends, both included; null is all
-- param  last_id    text
-- index  version_state_open, link_current, link_ended
SELECT due.customer_id
FROM (
    SELECT link.customer_id
    FROM version_state AS state
    INNER JOIN link
        ON
            state.client_id = link.client_id
            AND state.record_id = link.record_id
            AND link.ended_at IS NULL
    WHERE state.client_id = %(client_id)s AND state.state = 'pending' AND state.run_id = %(run_id)s
    UNION
    SELECT link.customer_id
    FROM link
    WHERE
        link.client_id = %(client_id)s
        AND link.ended_at > coalesce((
            SELECT max(golden.formed_at)
            FROM golden_version AS golden
            WHERE
                golden.client_id = link.client_id
                AND golden.customer_id = link.customer_id
        ), '-infinity')
    UNION
    SELECT customer_id
    FROM confirmation_request
    WHERE client_id = %(client_id)s AND state = 'answered'
    UNION
    SELECT decision.customer_id
    FROM decision
    WHERE
        decision.client_id = %(client_id)s
        AND decision.kind = 'pin'
        AND decision.decided_at > coalesce((
            SELECT max(golden.formed_at)
            FROM golden_version AS golden
            WHERE
                golden.client_id = decision.client_id
                AND golden.customer_id = decision.customer_id
        ), '-infinity')
    UNION
    SELECT report.customer_id
    FROM credit_report AS report
    WHERE
        report.client_id = %(client_id)s
        AND report.ordered_at > coalesce((
            SELECT max(golden.formed_at)
            FROM golden_version AS golden
            WHERE
                golden.client_id = report.client_id
                AND golden.customer_id = report.customer_id
        ), '-infinity')
) AS due
WHERE
    %(first_id)s IS NULL
    OR due.customer_id BETWEEN %(first_id)s AND %(last_id)s
ORDER BY due.customer_id;
