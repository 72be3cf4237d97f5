-- name: credit_reports/list_asked :many
-- What limit was asked for, and what was open, when these reports were ordered.
-- column  report_id    bigint
-- column  asked_limit  numeric  null: not noted
-- column  exposure     numeric  null: not noted
-- param  client_id   text
-- param  report_ids  bigint[]
-- index  credit_report_pkey, effect_pkey
SELECT
    report.report_id,
    (effect.body ->> 'asked_limit')::numeric AS asked_limit,
    (effect.body ->> 'exposure')::numeric AS exposure
FROM credit_report AS report
INNER JOIN effect USING (client_id, effect_id)
WHERE report.client_id = %(client_id)s AND report.report_id = ANY(%(report_ids)s)
ORDER BY report.report_id;
