-- Credit orders that say too little are refused: the law's rules by country and kind of customer,
-- what each order rests on, its hard budget; and what each check of a customer came to.
SET ROLE mastersync_owner;

CREATE TABLE mastersync.credit_rule (
    country text NOT NULL, -- '*' where a country has no rules of its own
    subject_type text NOT NULL CHECK (subject_type IN ('company', 'sole_trader', 'individual')),
    purposes text[] NOT NULL CHECK (cardinality(purposes) > 0),
    on_record text[] NOT NULL,
    of_bureaus text[] NOT NULL, -- on record in addition where the agency is one of ...
    bureaus text[] NOT NULL,
    PRIMARY KEY (country, subject_type)
);
COMMENT ON TABLE mastersync.credit_rule IS
'What a country''s law wants before a report is bought, by kind of customer: no row, no report.';
GRANT SELECT ON mastersync.credit_rule TO mastersync_pipeline, mastersync_desk;

ALTER TABLE mastersync.effect ADD COLUMN basis jsonb;
-- Orders from before this rule are left as they are.
ALTER TABLE mastersync.effect ADD CONSTRAINT effect_credit_basis CHECK (
    kind <> 'credit_order'
    OR (
        basis IS NOT NULL
        AND subject_type IN ('company', 'sole_trader', 'individual')
        AND length(purpose) > 0
        AND length(authority) > 0
        AND length(budget) > 0
        AND length(currency) = 3
        AND basis ?& ARRAY[
            'purpose', 'customer_country', 'client_country', 'documents', 'run_budget',
            'month_budget'
        ]
        AND jsonb_typeof(basis -> 'documents') = 'array'
        AND basis ->> 'run_budget' ~ '^[0-9]+([.][0-9]+)?$'
        AND basis ->> 'month_budget' ~ '^[0-9]+([.][0-9]+)?$'
    )
) NOT VALID;
CREATE INDEX effect_credit_spent ON mastersync.effect (client_id, settled_at)
WHERE kind = 'credit_order';

CREATE FUNCTION mastersync.check_credit_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    missing text;
    spent_by_run numeric;
    spent_in_month numeric;
BEGIN
    -- The customer's country and the client's: each allows the purpose, and has on record what it
    -- wants, good on the day.
    SELECT string_agg(asked.country || ': ' || lacks.what, ', ' ORDER BY asked.country, lacks.what)
    INTO missing
    FROM (
        VALUES (NEW.basis ->> 'customer_country'), (NEW.basis ->> 'client_country')
    ) AS asked (country)
    LEFT JOIN mastersync.credit_rule AS rule
        ON
            rule.subject_type = NEW.subject_type
            AND rule.country = CASE
                WHEN EXISTS (SELECT 1 FROM mastersync.credit_rule AS own WHERE own.country = asked.country)
                    THEN asked.country
                ELSE '*'
            END
    CROSS JOIN LATERAL (
        SELECT 'no rule for ' || NEW.subject_type AS what
        WHERE rule.country IS NULL OR coalesce(asked.country, '') = ''
        UNION ALL
        SELECT 'not for ' || (NEW.basis ->> 'purpose')
        WHERE NOT (NEW.basis ->> 'purpose') = ANY(rule.purposes)
        UNION ALL
        SELECT wanted.kind
        FROM unnest(
            rule.on_record
            || CASE WHEN NEW.target = ANY(rule.bureaus) THEN rule.of_bureaus ELSE '{}' END
        ) AS wanted (kind)
        WHERE NOT EXISTS (
            SELECT 1
            FROM jsonb_to_recordset(NEW.basis -> 'documents') AS held (
                kind text, reference text, valid_until date
            )
            WHERE
                held.kind = wanted.kind
                AND held.reference <> ''
                AND coalesce(held.valid_until, 'infinity')
                    >= (NEW.planned_at AT TIME ZONE 'UTC')::date
        )
    ) AS lacks;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'credit order lacks what the law wants: %', missing
            USING ERRCODE = 'check_violation', CONSTRAINT = 'effect_credit_law', TABLE = 'effect';
    END IF;

    -- Nobody else's order counts itself in at the same time.
    PERFORM pg_advisory_xact_lock(hashtextextended('credit:' || NEW.client_id, 0));
    SELECT
        coalesce(sum(cost) FILTER (WHERE run_id = NEW.run_id), 0),
        coalesce(sum(cost), 0)
    INTO spent_by_run, spent_in_month
    FROM mastersync.effect
    WHERE
        client_id = NEW.client_id
        AND kind = 'credit_order'
        AND state <> 'cancelled'
        AND currency = NEW.currency
        AND (settled_at IS NULL OR settled_at >= NEW.planned_at - interval '30 days');
    IF
        NEW.cost > 0
        AND (
            spent_by_run > (NEW.basis ->> 'run_budget')::numeric
            OR spent_in_month > (NEW.basis ->> 'month_budget')::numeric
        )
    THEN
        RAISE EXCEPTION 'credit order is over the budget'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'effect_credit_budget', TABLE = 'effect';
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION mastersync.check_credit_order() FROM public;
CREATE TRIGGER credit_order_is_complete
AFTER INSERT ON mastersync.effect
FOR EACH ROW WHEN (new.kind = 'credit_order')
EXECUTE FUNCTION mastersync.check_credit_order();
-- One that was withdrawn and is planned again.
CREATE TRIGGER credit_order_is_complete_again
AFTER UPDATE OF planned_at ON mastersync.effect
FOR EACH ROW WHEN (
    new.kind = 'credit_order' AND old.state = 'cancelled' AND new.state <> 'cancelled'
)
EXECUTE FUNCTION mastersync.check_credit_order();

CREATE TABLE mastersync.credit_check (
    client_id text NOT NULL REFERENCES mastersync.client,
    check_id bigint GENERATED ALWAYS AS IDENTITY,
    customer_id text NOT NULL,
    run_id text NOT NULL,
    outcome text NOT NULL CHECK (
        outcome IN (
            'reused', -- the report at hand is good enough
            'decided', -- a person has decided without one
            'ordered', -- a report is bought
            'stopped', -- the client's own ledger is the answer
            'refused', -- the law does not let it be bought
            'doubtful', -- nobody knows what kind of customer it is
            'unsure', -- the agency offers companies, and none is surely the customer
            'not_found', -- the agency knows no such company
            'over_budget', -- another run buys it
            'unanswered' -- the agency does not answer; another run asks
        )
    ),
    reason text CHECK (
        reason IN ('new_customer', 'limit_change', 'report_age', 'exposure', 'event')
    ),
    why text NOT NULL CHECK (why <> ''),
    subject_type text CHECK (subject_type IN ('company', 'sole_trader', 'individual')),
    report_id bigint,
    checked_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, check_id),
    FOREIGN KEY (client_id, run_id) REFERENCES mastersync.run,
    FOREIGN KEY (client_id, customer_id) REFERENCES mastersync.customer,
    CHECK (outcome IN ('reused', 'decided') OR reason IS NOT NULL)
);
CREATE INDEX credit_check_customer
ON mastersync.credit_check (client_id, customer_id, check_id);
COMMENT ON TABLE mastersync.credit_check IS
'What each credit check of a customer came to and why, noted when it is news.';

ALTER TABLE mastersync.credit_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE mastersync.credit_check FORCE ROW LEVEL SECURITY;
CREATE POLICY own_client ON mastersync.credit_check TO mastersync_pipeline
USING (client_id = (SELECT mastersync.session_client()))
WITH CHECK (client_id = (SELECT mastersync.session_client()));
CREATE POLICY stated_clients ON mastersync.credit_check TO mastersync_desk
USING (client_id = any((SELECT mastersync.stated_clients())::text[]))
WITH CHECK (client_id = any((SELECT mastersync.stated_clients())::text[]));
GRANT SELECT, INSERT ON mastersync.credit_check TO mastersync_pipeline;
GRANT SELECT ON mastersync.credit_check TO mastersync_desk;

RESET ROLE;
