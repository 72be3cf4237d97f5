-- name: customers/list_due :many
-- Customers to form: those with a fact that their golden record was not formed with (a pending
-- version, a record taken away, an answer, a pin, a report, a decision on its credit or on which
-- company it is, a merge or a split), and those of whom time alone has changed something, as when a
-- pin expires. What was written for one that was merged since counts for the one that it stands
-- for. A fact of the five minutes before the last forming counts as new: its transaction may have
-- ended after that had looked. Of a range only its own facts are read, and those of customers who
-- were merged.
-- column  customer_id  text
-- param  client_id  text
-- param  run_id     text
-- param  first_id   text  the range's ends, both included; null is all
-- param  last_id    text
-- param  now        timestamptz
-- index  version_state_open, link_current, link_ended, golden_considered_due, golden_version_pkey
-- index  customer_redirect, decision_customer, credit_report_customer, credit_decision_customer
-- index  credit_company_customer
WITH merged AS MATERIALIZED (
    SELECT array_agg(customer_id) AS ids
    FROM customer
    WHERE client_id = %(client_id)s AND redirect_to IS NOT NULL
),

fact AS (
    SELECT
        link.customer_id,
        'infinity'::timestamptz AS since
    FROM version_state AS state
    INNER JOIN link
        ON
            state.client_id = link.client_id
            AND state.record_id = link.record_id
            AND link.ended_at IS NULL
    WHERE
        state.client_id = %(client_id)s
        AND state.state = 'pending'
        AND state.run_id = %(run_id)s
        -- Links are those of live customers, so their range can be cut here already.
        AND (
            %(first_id)s IS NULL
            OR link.customer_id BETWEEN %(first_id)s AND %(last_id)s
        )
    UNION ALL
    SELECT
        customer_id,
        ended_at
    FROM link
    WHERE
        client_id = %(client_id)s
        AND ended_at IS NOT NULL
        AND (%(first_id)s IS NULL OR customer_id BETWEEN %(first_id)s AND %(last_id)s)
    UNION ALL
    SELECT
        customer_id,
        'infinity'
    FROM confirmation_request
    WHERE client_id = %(client_id)s AND state = 'answered'
    UNION ALL
    SELECT
        pin.customer_id,
        greatest(pin.decided_at, withdrawal.withdrawn_at)
    FROM decision AS pin
    LEFT JOIN decision_withdrawal AS withdrawal USING (client_id, decision_id)
    WHERE
        pin.client_id = %(client_id)s
        AND pin.kind = 'pin'
        AND (
            %(first_id)s IS NULL
            OR pin.customer_id BETWEEN %(first_id)s AND %(last_id)s
            OR pin.customer_id = ANY((SELECT ids FROM merged)::text[])
        )
    UNION ALL
    SELECT
        customer_id,
        ordered_at
    FROM credit_report
    WHERE
        client_id = %(client_id)s
        AND (
            %(first_id)s IS NULL
            OR customer_id BETWEEN %(first_id)s AND %(last_id)s
            OR customer_id = ANY((SELECT ids FROM merged)::text[])
        )
    UNION ALL
    SELECT
        customer_id,
        decided_at
    FROM credit_decision
    WHERE
        client_id = %(client_id)s
        AND (
            %(first_id)s IS NULL
            OR customer_id BETWEEN %(first_id)s AND %(last_id)s
            OR customer_id = ANY((SELECT ids FROM merged)::text[])
        )
    UNION ALL
    SELECT
        customer_id,
        answered_at
    FROM credit_company
    WHERE
        client_id = %(client_id)s
        AND (
            %(first_id)s IS NULL
            OR customer_id BETWEEN %(first_id)s AND %(last_id)s
            OR customer_id = ANY((SELECT ids FROM merged)::text[])
        )
    UNION ALL
    SELECT
        changed.customer_id,
        change.changed_at
    FROM identity_change AS change
    CROSS JOIN LATERAL (
        VALUES (change.from_customer_id), (change.to_customer_id)
    ) AS changed (customer_id)
    WHERE
        change.client_id = %(client_id)s
        AND (
            %(first_id)s IS NULL
            OR changed.customer_id BETWEEN %(first_id)s AND %(last_id)s
            OR changed.customer_id = ANY((SELECT ids FROM merged)::text[])
        )
    UNION ALL
    -- One that was merged since is considered no more: its time has come to nothing.
    SELECT
        considered.customer_id,
        'infinity'
    FROM golden_considered AS considered
    INNER JOIN customer USING (client_id, customer_id)
    WHERE
        considered.client_id = %(client_id)s
        AND considered.due_at <= %(now)s
        AND customer.redirect_to IS NULL
),

newest AS (
    SELECT
        live.customer_id,
        max(said.since) AS since
    FROM (SELECT customer_id, max(since) AS since FROM fact GROUP BY customer_id) AS said
    INNER JOIN customer AS named
        ON named.client_id = %(client_id)s AND said.customer_id = named.customer_id
    CROSS JOIN LATERAL (
        SELECT
            CASE
                WHEN named.redirect_to IS NULL THEN named.customer_id
                ELSE live_customer(named.client_id, named.customer_id)
            END AS customer_id
    ) AS live
    GROUP BY live.customer_id
)

SELECT newest.customer_id
FROM newest
WHERE
    CASE
        WHEN newest.since = 'infinity' THEN TRUE
        ELSE newest.since > coalesce((
            SELECT considered.considered_at - interval '5 minutes'
            FROM golden_considered AS considered
            WHERE
                considered.client_id = %(client_id)s
                AND considered.customer_id = newest.customer_id
        ), (
            -- Formed before there were such marks.
            SELECT max(golden.formed_at)
            FROM golden_version AS golden
            WHERE golden.client_id = %(client_id)s AND golden.customer_id = newest.customer_id
        ), '-infinity')
    END
    AND (
        %(first_id)s IS NULL
        OR newest.customer_id BETWEEN %(first_id)s AND %(last_id)s
    )
ORDER BY newest.customer_id;
