-- Some customers of a client, by their numbers: each told of in a CRM and written to an ERP, which was
-- read since, and asked by mail. One of a hundred is not written yet, three of a hundred were late,
-- every fifth waited two hours for a credit agency, every third answered, one of ten with corrections;
-- people paused one of fifty and waived one of two hundred. To be run as who checks nothing.
INSERT INTO run (client_id, run_id, state, policy_version, opened_at, planned_at, closed_at)
SELECT %(client)s, 'r' || n, 'done', 'p1', at, at + interval '20 min', at + interval '40 min'
FROM generate_series(0, 20) AS n,
    LATERAL (SELECT timestamptz '2026-03-02 06:00+00' + n * interval '1 day' AS at) AS day
ON CONFLICT DO NOTHING;
INSERT INTO source_record (client_id, system, source_key, first_run_id, first_seen_at)
SELECT %(client)s, system, 'k' || n, 'r0', '2026-03-02 06:00+00'
FROM generate_series(%(first)s::integer, %(last)s::integer) AS n, unnest(ARRAY['crm', 'erp']) AS system;
CREATE TEMPORARY TABLE fact ON COMMIT DROP AS
SELECT
    record.record_id,
    record.system,
    record.source_key,
    'C-' || %(client)s || '-' || record.source_key AS customer_id,
    run.run_id,
    run.opened_at + CASE WHEN record.system = 'erp' THEN interval '24 h' ELSE '0' END AS at,
    md5(%(client)s || ' credit ' || n)::uuid AS order_id,
    md5(%(client)s || ' mail ' || n)::uuid AS mail_id,
    n
FROM generate_series(%(first)s::integer, %(last)s::integer) AS n
INNER JOIN source_record AS record
    ON record.client_id = %(client)s AND record.source_key = 'k' || n
INNER JOIN run ON run.client_id = %(client)s AND run.run_id = 'r' || (n %% 20);
ANALYZE fact;
WITH landed AS (
    INSERT INTO source_version (client_id, record_id, version_no, run_id, payload, payload_hash,
        observed_at, modified_at)
    SELECT %(client)s, record_id, 1, run_id, jsonb_build_object(
        'name', 'Company ' || source_key, 'phone', '+4420794' || n, 'segment', 'S' || n %% 3
    ), sha256(source_key::bytea), at + interval '5 min', at
    FROM fact
    RETURNING version_id, record_id, payload, observed_at
)
SELECT * INTO TEMPORARY TABLE version FROM landed;
ANALYZE version;
INSERT INTO record_head (client_id, record_id, version_id, version_no, payload_hash, deleted)
SELECT %(client)s, record_id, version_id, 1, sha256(source_key::bytea), FALSE
FROM version INNER JOIN fact USING (record_id);
INSERT INTO version_event (client_id, version_id, record_id, state, waiting_for, cause, run_id,
    happened_at)
SELECT %(client)s, version_id, record_id, way.state, way.waiting_for, way.cause, run_id,
    observed_at + way.later
FROM version INNER JOIN fact USING (record_id)
CROSS JOIN LATERAL (
    VALUES
    (1, 'pending', NULL, NULL, interval '0'),
    (2, 'waiting', 'credit', 'effect:' || order_id, interval '1 min'),
    (3, 'applied', NULL, NULL, CASE WHEN n %% 5 = 0 THEN interval '2 h' ELSE interval '5 min' END)
) AS way (number, state, waiting_for, cause, later)
WHERE way.state <> 'waiting' OR (n %% 5 = 0 AND system = 'crm')
ORDER BY version_id, way.number;
INSERT INTO prepared_record (client_id, version_id, record_id, fields, said_at, news,
    policy_version, prepared_at)
SELECT %(client)s, version_id, record_id, payload, '{}',
    CASE WHEN system = 'crm' THEN ARRAY['name', 'phone', 'segment'] ELSE '{}' END, 'p1', observed_at
FROM version INNER JOIN fact USING (record_id);
INSERT INTO customer (client_id, customer_id, search_evidence, created_run_id, created_at)
SELECT %(client)s, customer_id,
    '{"engine": "x", "policy_version": "p1", "searched_at": "2026-03-02T06:00:00",
    "keys_searched": 1, "candidates_found": 0}', run_id, at
FROM fact WHERE system = 'crm';
INSERT INTO link (client_id, record_id, customer_id, rule, score, evidence, run_id, linked_at)
SELECT %(client)s, record_id, customer_id, 'new', 1, '{}', run_id, at FROM fact;
INSERT INTO golden_version (client_id, customer_id, version_no, fields, provenance,
    input_version_ids, fingerprint, policy_version, run_id, formed_at)
SELECT %(client)s, customer_id, 1, payload, '{}', ARRAY[version_id], '', 'p1', run_id,
    observed_at + CASE WHEN n %% 5 = 0 THEN interval '2 h' ELSE interval '5 min' END
FROM version INNER JOIN fact USING (record_id)
WHERE system = 'crm';
INSERT INTO effect (client_id, effect_id, kind, target, idempotency_key, run_id, customer_id,
    record_id, body, before, after, state, not_before, planned_at, settled_at, attempt_count)
SELECT %(client)s, gen_random_uuid(), 'push', 'erp', 'push ' || source_key, run_id, customer_id,
    record_id, '{"key": null}', '{}', jsonb_build_object('phone', '+4420794' || n),
    CASE WHEN n %% 100 = 0 THEN 'ready' ELSE 'done' END, at, at - interval '23 h 45 min',
    CASE
        WHEN n %% 100 = 0 THEN NULL
        WHEN n %% 33 = 0 THEN at + interval '3 days'
        ELSE at - interval '21 h 30 min'
    END, 1
FROM fact WHERE system = 'erp';
INSERT INTO effect (client_id, effect_id, kind, target, idempotency_key, run_id, customer_id, body,
    before, after, cost, currency, subject_type, purpose, authority, budget, basis, state,
    not_before, planned_at, settled_at, attempt_count)
SELECT %(client)s, order_id, 'credit_order', 'creditsafe', 'order ' || source_key, run_id,
    customer_id, '{}', '{}', '{}', 4, 'EUR', 'company', 'credit', 'contract', 'month',
    '{"purpose": "credit", "customer_country": "GB", "client_country": "GB", "documents": [],
    "run_budget": "1", "month_budget": "1"}', 'done', at, at + interval '6 min',
    at + interval '105 min', 1
FROM fact WHERE system = 'crm' AND n %% 5 = 0;
INSERT INTO effect (client_id, effect_id, kind, target, idempotency_key, run_id, customer_id, body,
    before, after, state, not_before, planned_at, settled_at, attempt_count)
SELECT %(client)s, mail_id, 'email', 'sendgrid', 'mail ' || source_key, run_id, customer_id, '{}',
    '{}', '{}', 'done', at, at + interval '130 min', at + interval '140 min', 1
FROM fact WHERE system = 'crm';
INSERT INTO effect_attempt (client_id, effect_id, fence, started_at, ended_at, outcome)
SELECT %(client)s, effect_id, 1, effect.planned_at + interval '1 min', effect.settled_at, 'done'
FROM fact INNER JOIN effect USING (customer_id)
WHERE client_id = %(client)s AND system = 'crm' AND effect.state = 'done';
INSERT INTO confirmation_request (client_id, request_id, customer_id, effect_id, token_hash,
    client_name, language, shown, created_at, expires_at)
SELECT %(client)s, mail_id, customer_id, mail_id, sha256(mail_id::text::bytea), 'x', 'en', '{}',
    at + interval '130 min', at + interval '30 days'
FROM fact WHERE system = 'crm';
INSERT INTO confirmation_answer (client_id, request_id, customer_id, verdict, answered_at)
SELECT %(client)s, mail_id, customer_id,
    CASE WHEN n %% 30 = 0 THEN 'corrections' ELSE 'all_correct' END, at + interval '9 h'
FROM fact WHERE system = 'crm' AND n %% 3 = 0;
INSERT INTO credit_report (client_id, customer_id, agency, company_reference, effect_id, payload,
    ordered_at, valid_until)
SELECT %(client)s, customer_id, 'creditsafe', 'GB-' || n, order_id, '{}', at + interval '105 min',
    at + interval '1 year'
FROM fact WHERE system = 'crm' AND n %% 5 = 0;
INSERT INTO credit_recommendation (client_id, customer_id, outcome, credit_limit, currency,
    payment_terms, evidence, basis, rule_version, recommended_at)
SELECT %(client)s, customer_id, 'accepted', 1, 'EUR', 'NET30', '{}', 'x', 'p1',
    at + interval '106 min'
FROM fact WHERE system = 'crm' AND n %% 5 = 0;
INSERT INTO credit_decision (client_id, customer_id, outcome, credit_limit, currency, payment_terms,
    subject_type, country, is_automatic, author, reason, evidence, basis, rule_version,
    recommendation_id, decided_at)
SELECT client_id, customer_id, 'accepted', 1, 'EUR', 'NET30', 'company', 'GB', TRUE, 'rules',
    'terms', '{}', 'x', 'p1', recommendation_id, recommended_at
FROM fact INNER JOIN credit_recommendation USING (customer_id)
WHERE client_id = %(client)s AND system = 'crm';
INSERT INTO identity_change (client_id, kind, from_customer_id, to_customer_id, author, reason,
    before, changed_at)
SELECT %(client)s, 'merged', customer_id || '-2', customer_id, 'ann', 'same', '{}', at
FROM fact WHERE system = 'crm' AND n %% 200 = 0;
WITH told AS (
    INSERT INTO sla_pause (client_id, case_id, cause, evidence, paused_at, author, told_at)
    SELECT %(client)s, 'version:' || version_id, 'client', 'mail', observed_at, 'ann', observed_at
    FROM version INNER JOIN fact USING (record_id)
    WHERE system = 'crm' AND n %% 50 = 0
    RETURNING client_id, pause_id, paused_at
)
INSERT INTO sla_resumption (client_id, pause_id, evidence, resumed_at, author, told_at)
SELECT client_id, pause_id, 'mail', paused_at + interval '1 h', 'ann', paused_at + interval '1 h'
FROM told;
INSERT INTO sla_waiver (client_id, case_id, evidence, author, waived_at)
SELECT %(client)s, 'version:' || version_id, 'agreed', 'ann', observed_at
FROM version INNER JOIN fact USING (record_id)
WHERE system = 'crm' AND n %% 200 = 0;
DROP TABLE version
