-- name: sla/list_touched :many
-- The cases whose clocks may say something else than when they were last read: those that came in,
-- those of whose record or customer a fact came in, those of whom a person said something, and
-- those that time alone has changed.
-- column  case_id  text
-- param  client_id  text
-- param  since      timestamptz
-- param  now        timestamptz
-- index  version_event_when, effect_settled, sla_clock_record, sla_clock_customer, sla_clock_look
WITH record AS (
    SELECT DISTINCT record_id
    FROM version_event
    WHERE client_id = %(client_id)s AND happened_at >= %(since)s
),

named AS (
    SELECT link.customer_id
    FROM record
    INNER JOIN link
        ON
            link.client_id = %(client_id)s
            AND record.record_id = link.record_id
            AND link.ended_at IS NULL
    UNION
    SELECT customer_id
    FROM effect
    WHERE client_id = %(client_id)s AND settled_at >= %(since)s
    UNION
    SELECT golden.customer_id
    FROM run
    INNER JOIN golden_version AS golden USING (client_id, run_id)
    WHERE run.client_id = %(client_id)s AND run.planned_at >= %(since)s
    UNION
    SELECT customer_id
    FROM confirmation_answer
    WHERE client_id = %(client_id)s AND answered_at >= %(since)s
    UNION
    SELECT customer_id
    FROM credit_report
    WHERE client_id = %(client_id)s AND ordered_at >= %(since)s
    UNION
    SELECT customer_id
    FROM credit_decision
    WHERE client_id = %(client_id)s AND decided_at >= %(since)s
    UNION
    SELECT unnest(ARRAY[from_customer_id, to_customer_id])
    FROM identity_change
    WHERE client_id = %(client_id)s AND changed_at >= %(since)s
),

live AS (
    SELECT customer_id FROM named
    UNION
    SELECT live_customer(%(client_id)s, customer.customer_id)
    FROM named
    INNER JOIN customer
        ON customer.client_id = %(client_id)s AND named.customer_id = customer.customer_id
    WHERE customer.redirect_to IS NOT NULL
)

SELECT 'version:' || version_id AS case_id
FROM version_event
WHERE client_id = %(client_id)s AND happened_at >= %(since)s
UNION
SELECT 'answer:' || answer_id
FROM confirmation_answer
WHERE client_id = %(client_id)s AND answered_at >= %(since)s AND verdict = 'corrections'
UNION
SELECT clock.case_id
FROM record
INNER JOIN sla_clock AS clock
    ON clock.client_id = %(client_id)s AND record.record_id = clock.record_id AND clock.is_open
UNION
SELECT clock.case_id
FROM live
-- By key, one by one: nobody can guess how few of the customers something happened to.
CROSS JOIN LATERAL (
    SELECT of_one.case_id
    FROM sla_clock AS of_one
    WHERE
        of_one.client_id = %(client_id)s
        AND of_one.customer_id = live.customer_id
        AND of_one.is_open
    OFFSET 0
) AS clock
UNION
SELECT case_id FROM sla_clock
WHERE client_id = %(client_id)s AND look_at <= %(now)s
UNION
SELECT case_id FROM sla_pause
WHERE client_id = %(client_id)s AND told_at >= %(since)s
UNION
SELECT pause.case_id
FROM sla_resumption
INNER JOIN sla_pause AS pause USING (client_id, pause_id)
WHERE sla_resumption.client_id = %(client_id)s AND sla_resumption.told_at >= %(since)s
UNION
SELECT case_id FROM sla_waiver
WHERE client_id = %(client_id)s AND waived_at >= %(since)s
UNION
SELECT coalesce(pause.case_id, waiver.case_id)
FROM sla_withdrawal
LEFT JOIN sla_pause AS pause USING (client_id, pause_id)
LEFT JOIN sla_waiver AS waiver USING (client_id, waiver_id)
WHERE sla_withdrawal.client_id = %(client_id)s AND sla_withdrawal.withdrawn_at >= %(since)s
ORDER BY case_id;
