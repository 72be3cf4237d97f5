-- Credit decisions: what was recommended and decided, by whom and on what; which company of an
-- agency a customer is; and the letters that law wants. All of it is facts that nothing changes.
SET ROLE mastersync_owner;

CREATE TABLE mastersync.credit_offer (
    client_id text NOT NULL REFERENCES mastersync.client,
    offer_id bigint GENERATED ALWAYS AS IDENTITY,
    customer_id text NOT NULL,
    agency text NOT NULL,
    subject jsonb NOT NULL,
    companies jsonb NOT NULL CHECK (jsonb_typeof(companies) = 'array'),
    why text NOT NULL CHECK (why <> ''),
    digest bytea NOT NULL,
    offered_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, offer_id),
    FOREIGN KEY (client_id, customer_id) REFERENCES mastersync.customer
);
CREATE INDEX credit_offer_customer
ON mastersync.credit_offer (client_id, customer_id, agency, offer_id);
COMMENT ON TABLE mastersync.credit_offer IS
'Companies that an agency offered where none is surely the customer: what a person chooses from.';

CREATE TABLE mastersync.credit_company (
    client_id text NOT NULL REFERENCES mastersync.client,
    answer_id bigint GENERATED ALWAYS AS IDENTITY,
    customer_id text NOT NULL,
    agency text NOT NULL,
    offer_id bigint NOT NULL,
    reference text,
    name text NOT NULL,
    registration_number text NOT NULL,
    refused text[] NOT NULL,
    author text NOT NULL CHECK (author <> ''),
    reason text NOT NULL CHECK (reason <> ''),
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, answer_id),
    FOREIGN KEY (client_id, customer_id) REFERENCES mastersync.customer,
    FOREIGN KEY (client_id, offer_id) REFERENCES mastersync.credit_offer,
    CHECK (reference <> '')
);
CREATE INDEX credit_company_customer
ON mastersync.credit_company (client_id, customer_id, agency, answer_id);
COMMENT ON TABLE mastersync.credit_company IS
'A person''s word on which of the companies offered a customer is; no reference: none of them.';

CREATE TABLE mastersync.credit_recommendation (
    client_id text NOT NULL REFERENCES mastersync.client,
    recommendation_id bigint GENERATED ALWAYS AS IDENTITY,
    customer_id text NOT NULL,
    outcome text NOT NULL CHECK (
        outcome IN (
            'accepted', -- all that was asked for
            'reduced', -- less than was asked for
            'declined', -- nothing
            'open' -- the rules give no amount: a person has to say
        )
    ),
    credit_limit numeric CHECK (credit_limit >= 0),
    currency text NOT NULL,
    payment_terms text NOT NULL,
    evidence jsonb NOT NULL,
    basis text NOT NULL CHECK (basis <> ''),
    rule_version text NOT NULL,
    recommended_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, recommendation_id),
    FOREIGN KEY (client_id, customer_id) REFERENCES mastersync.customer,
    CHECK ((outcome = 'open') = (credit_limit IS NULL))
);
CREATE INDEX credit_recommendation_customer
ON mastersync.credit_recommendation (client_id, customer_id, recommendation_id);
COMMENT ON TABLE mastersync.credit_recommendation IS
'What a client''s rules recommended on a customer''s credit, and the evidence that they had.';

CREATE TABLE mastersync.credit_decision (
    client_id text NOT NULL REFERENCES mastersync.client,
    decision_id bigint GENERATED ALWAYS AS IDENTITY,
    customer_id text NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('accepted', 'reduced', 'declined')),
    credit_limit numeric NOT NULL CHECK (credit_limit >= 0),
    currency text NOT NULL CHECK (currency <> ''),
    payment_terms text NOT NULL,
    requested numeric,
    subject_type text NOT NULL,
    country text NOT NULL,
    is_automatic boolean NOT NULL,
    author text NOT NULL CHECK (author <> ''),
    reason text NOT NULL CHECK (reason <> ''),
    evidence jsonb NOT NULL,
    basis text NOT NULL CHECK (basis <> ''),
    rule_version text NOT NULL,
    report_id bigint,
    recommendation_id bigint,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, decision_id),
    FOREIGN KEY (client_id, customer_id) REFERENCES mastersync.customer,
    FOREIGN KEY (client_id, report_id) REFERENCES mastersync.credit_report,
    FOREIGN KEY (client_id, recommendation_id) REFERENCES mastersync.credit_recommendation,
    -- Whatever a program believes: nobody is refused or cut short, and no person or sole trader
    -- is decided on, without a person (GDPR Art. 22; UK GDPR Art. 22A to 22D).
    CONSTRAINT credit_decision_automatic_accepts_companies CHECK (
        NOT is_automatic OR (outcome = 'accepted' AND subject_type = 'company')
    ),
    CONSTRAINT credit_decision_automatic_is_recommended CHECK (
        NOT is_automatic OR recommendation_id IS NOT NULL
    ),
    CONSTRAINT credit_decision_says_what_it_gives CHECK (
        outcome <> 'declined' OR credit_limit = 0
    )
);
CREATE INDEX credit_decision_customer
ON mastersync.credit_decision (client_id, customer_id, decision_id);
CREATE INDEX credit_decision_when ON mastersync.credit_decision (client_id, decided_at);
COMMENT ON TABLE mastersync.credit_decision IS
'What was decided on a customer''s credit, by whom, why, and on what evidence; the newest holds.';

CREATE TABLE mastersync.credit_letter (
    client_id text NOT NULL REFERENCES mastersync.client,
    letter_id bigint GENERATED ALWAYS AS IDENTITY,
    decision_id bigint NOT NULL,
    kind text NOT NULL,
    country text NOT NULL,
    subject text NOT NULL,
    body_text text NOT NULL,
    body_html text NOT NULL,
    due_by date,
    author text NOT NULL CHECK (author <> ''),
    written_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, letter_id),
    UNIQUE (client_id, decision_id, kind),
    FOREIGN KEY (client_id, decision_id) REFERENCES mastersync.credit_decision
);
COMMENT ON TABLE mastersync.credit_letter IS
'Letters on credit decisions as they were written; a decision has one of each kind.';

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY[
        'credit_offer', 'credit_company', 'credit_recommendation', 'credit_decision',
        'credit_letter'
    ] LOOP
        EXECUTE format('ALTER TABLE mastersync.%I ENABLE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format('ALTER TABLE mastersync.%I FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY own_client ON mastersync.%I TO mastersync_pipeline '
            'USING (client_id = (SELECT mastersync.session_client())) '
            'WITH CHECK (client_id = (SELECT mastersync.session_client()))', tenant_table
        );
        EXECUTE format(
            'CREATE POLICY stated_clients ON mastersync.%I TO mastersync_desk '
            'USING (client_id = ANY ((SELECT mastersync.stated_clients())::text[])) '
            'WITH CHECK (client_id = ANY ((SELECT mastersync.stated_clients())::text[]))',
            tenant_table
        );
    END LOOP;
END
$$;

GRANT SELECT, INSERT ON
mastersync.credit_offer, mastersync.credit_recommendation, mastersync.credit_decision
TO mastersync_pipeline;
GRANT SELECT ON mastersync.credit_company, mastersync.credit_letter TO mastersync_pipeline;
GRANT SELECT, INSERT ON
mastersync.credit_company, mastersync.credit_decision, mastersync.credit_letter
TO mastersync_desk;
GRANT SELECT ON mastersync.credit_offer, mastersync.credit_recommendation TO mastersync_desk;

RESET ROLE;
