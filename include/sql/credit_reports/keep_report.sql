-- name: credit_reports/keep_report :exec
-- Keeps a credit report; the same order is kept once.
-- param  client_id          text
-- param  customer_id        text
-- param  agency             text
-- param  company_reference  text
-- param  effect_id          uuid
-- param  rating             text
-- param  score              text
-- param  credit_limit       numeric
-- param  currency           text
-- param  payload            jsonb
-- param  scale              text
-- param  model              text
-- param  scored_on          date
-- param  valid_until        timestamptz
-- param  now                timestamptz
-- index  credit_report_client_id_effect_id_key
INSERT INTO credit_report (
    client_id, customer_id, agency, company_reference, effect_id, rating, score,
    credit_limit, currency, payload, scale, model, scored_on, ordered_at, valid_until
)
VALUES (
    %(client_id)s, %(customer_id)s, %(agency)s, %(company_reference)s, %(effect_id)s, %(rating)s,
    %(score)s, %(credit_limit)s::numeric, %(currency)s, %(payload)s,
    %(scale)s, %(model)s, %(scored_on)s, %(now)s, %(valid_until)s
)
ON CONFLICT (client_id, effect_id) DO NOTHING;
