-- name: runs/find_disagreements :many
-- What one of our books says and another does not, in words with ids; none is all well.
-- column  words  text
-- param  client_id  text
-- param  now        timestamptz
-- index  effect_credit, credit_report_client_id_effect_id_key, golden_version_run, link_current
SELECT
    'credit order ' || effect.effect_id || ' is done and complete, and no report of it is kept'
    AS words
FROM effect
WHERE
    effect.client_id = %(client_id)s
    AND effect.kind = 'credit_order'
    AND effect.state = 'done'
    AND effect.outcome ->> 'complete' = 'true'
    AND NOT EXISTS (
        SELECT 1 FROM credit_report AS report
        WHERE report.client_id = effect.client_id AND report.effect_id = effect.effect_id
    )
UNION ALL
SELECT 'credit report ' || report.report_id || ' came from no order that is done'
FROM credit_report AS report
LEFT JOIN effect
    ON
        report.client_id = effect.client_id
        AND report.effect_id = effect.effect_id
        AND effect.kind = 'credit_order'
        AND effect.state = 'done'
WHERE report.client_id = %(client_id)s AND effect.effect_id IS NULL
UNION ALL
SELECT 'credit report ' || report.report_id || ' is about nobody of this client'
FROM credit_report AS report
LEFT JOIN customer USING (client_id, customer_id)
WHERE report.client_id = %(client_id)s AND customer.customer_id IS NULL
UNION ALL
SELECT 'record ' || link.record_id || ' is linked to nobody of this client'
FROM link
LEFT JOIN customer USING (client_id, customer_id)
WHERE link.client_id = %(client_id)s AND link.ended_at IS NULL AND customer.customer_id IS NULL
UNION ALL
SELECT 'record ' || link.record_id || ' belongs to ' || count(*) || ' customers at once'
FROM link
WHERE link.client_id = %(client_id)s AND link.ended_at IS NULL
GROUP BY link.record_id
HAVING count(*) > 1
UNION ALL
SELECT 'effect ' || effect.effect_id || ' is about a record that this client has not'
FROM effect
LEFT JOIN source_record AS record USING (client_id, record_id)
WHERE
    effect.client_id = %(client_id)s
    AND effect.record_id IS NOT NULL
    AND record.record_id IS NULL
UNION ALL
SELECT 'customer ' || request.customer_id || ' has ' || count(*) || ' open questions at once'
FROM confirmation_request AS request
INNER JOIN effect USING (client_id, effect_id)
WHERE
    request.client_id = %(client_id)s
    AND request.state = 'planned'
    AND request.expires_at > %(now)s
    AND effect.state NOT IN ('failed', 'cancelled')
GROUP BY request.customer_id
HAVING count(*) > 1
UNION ALL
SELECT
    'record ' || record_id || ' was written ' || count(*) || ' times in a week with the same '
    || 'version of its customer: our writes and the system''s do not come to rest'
FROM effect
WHERE
    client_id = %(client_id)s
    AND kind = 'push'
    AND state = 'done'
    AND record_id IS NOT NULL
    AND settled_at > %(now)s - interval '7 days'
GROUP BY record_id, customer_id, body ->> 'golden_version'
HAVING count(*) > 3
UNION ALL
SELECT 'run ' || run.run_id || ' is closed, and the audit trail does not say so'
FROM run
WHERE
    run.client_id = %(client_id)s
    AND run.state NOT IN ('open', 'failed')
    AND NOT EXISTS (
        SELECT 1
        FROM audit_entry AS entry
        WHERE
            entry.client_id = run.client_id
            AND entry.run_id = run.run_id
            AND entry.action = 'run.closed'
    )
UNION ALL
SELECT
    'customer ' || golden.customer_id || ' was formed by run ' || run.run_id
    || ' after that had planned, so what is new of it goes nowhere'
FROM run
INNER JOIN golden_version AS golden USING (client_id, run_id)
WHERE
    run.client_id = %(client_id)s
    AND golden.formed_at > run.planned_at
    -- A clock that was put back says nothing of what came first.
    AND run.planned_at >= run.opened_at
    AND NOT EXISTS (
        SELECT 1
        FROM golden_version AS newer
        WHERE
            newer.client_id = golden.client_id
            AND newer.customer_id = golden.customer_id
            AND newer.version_no > golden.version_no
    );
