-- Accounts at agencies: one token for all workers, what agencies tell of companies and charge for.
SET ROLE mastersync_owner;

CREATE TABLE mastersync.agency_session (
    client_id text NOT NULL REFERENCES mastersync.client,
    account text NOT NULL,
    credentials text NOT NULL, -- a keyed digest of login and password, never they themselves
    token bytea, -- sealed
    good_until timestamptz NOT NULL DEFAULT '-infinity',
    refused_until timestamptz NOT NULL DEFAULT '-infinity', -- no log-in with these before
    logging_in_until timestamptz NOT NULL DEFAULT '-infinity', -- one worker at a time
    PRIMARY KEY (client_id, account)
) WITH (fillfactor = 50);
COMMENT ON TABLE mastersync.agency_session IS
'The token of an account at an agency, sealed, and whether its credentials were refused: a few '
'wrong log-ins lock an account out.';

-- Facts: what an agency told, as it came and as it was read.
CREATE TABLE mastersync.agency_page (
    client_id text NOT NULL REFERENCES mastersync.client,
    page_id bigint GENERATED ALWAYS AS IDENTITY,
    agency text NOT NULL,
    body jsonb NOT NULL,
    pulled_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, page_id)
);
COMMENT ON TABLE mastersync.agency_page IS
'A page of an agency''s events as it came; some agencies give each page only once.';

CREATE TABLE mastersync.agency_page_read (
    client_id text NOT NULL,
    page_id bigint NOT NULL,
    event_count integer NOT NULL,
    problem text, -- why nothing could be read from it
    read_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, page_id),
    FOREIGN KEY (client_id, page_id) REFERENCES mastersync.agency_page
);
COMMENT ON TABLE mastersync.agency_page_read IS 'That a page''s events were read.';

CREATE TABLE mastersync.agency_event (
    client_id text NOT NULL,
    agency text NOT NULL,
    event_id text NOT NULL, -- the agency's own
    page_id bigint NOT NULL,
    company_reference text NOT NULL,
    kind text NOT NULL,
    old text NOT NULL,
    new text NOT NULL,
    happened_at timestamptz NOT NULL,
    noted_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, agency, event_id),
    FOREIGN KEY (client_id, page_id) REFERENCES mastersync.agency_page
);
CREATE INDEX agency_event_company
ON mastersync.agency_event (client_id, agency, company_reference, noted_at);
COMMENT ON TABLE mastersync.agency_event IS
'A change that an agency noted at a company that it watches, once however often it is told.';

CREATE TABLE mastersync.agency_watch (
    client_id text NOT NULL,
    agency text NOT NULL,
    list text NOT NULL, -- the portfolio or registration
    company_reference text NOT NULL,
    customer_id text NOT NULL,
    watched_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, agency, list, company_reference),
    FOREIGN KEY (client_id, customer_id) REFERENCES mastersync.customer
);
COMMENT ON TABLE mastersync.agency_watch IS 'Which companies an agency was asked to watch.';

CREATE TABLE mastersync.agency_charge (
    client_id text NOT NULL REFERENCES mastersync.client,
    agency text NOT NULL,
    charge_id text NOT NULL, -- the agency's own
    company_reference text NOT NULL,
    our_reference text NOT NULL,
    units integer NOT NULL,
    charged_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, agency, charge_id)
);
CREATE INDEX agency_charge_time ON mastersync.agency_charge (client_id, agency, charged_at);
COMMENT ON TABLE mastersync.agency_charge IS
'A line of an agency''s statement, held against our orders.';

CREATE TABLE mastersync.agency_reading (
    client_id text NOT NULL REFERENCES mastersync.client,
    agency text NOT NULL,
    read_at timestamptz NOT NULL,
    used_units bigint,
    PRIMARY KEY (client_id, agency, read_at)
);
COMMENT ON TABLE mastersync.agency_reading IS
'An agency''s meter at one moment, or that its statement was read.';

ALTER TABLE mastersync.credit_report
ADD COLUMN scale text,
ADD COLUMN model text,
ADD COLUMN scored_on date;
COMMENT ON COLUMN mastersync.credit_report.scale IS
'Of the score, with the best end; scores of two agencies or models are never compared.';

DO $$
DECLARE
    walled text;
BEGIN
    FOREACH walled IN ARRAY ARRAY[
        'agency_session', 'agency_page', 'agency_page_read', 'agency_event', 'agency_watch',
        'agency_charge', 'agency_reading'
    ]
    LOOP
        EXECUTE format('ALTER TABLE mastersync.%I ENABLE ROW LEVEL SECURITY', walled);
        EXECUTE format('ALTER TABLE mastersync.%I FORCE ROW LEVEL SECURITY', walled);
        EXECUTE format(
            'CREATE POLICY own_client ON mastersync.%I TO mastersync_pipeline '
            'USING (client_id = (SELECT mastersync.session_client())) '
            'WITH CHECK (client_id = (SELECT mastersync.session_client()))', walled
        );
        EXECUTE format(
            'CREATE POLICY stated_clients ON mastersync.%I TO mastersync_desk '
            'USING (client_id = ANY ((SELECT mastersync.stated_clients())::text[])) '
            'WITH CHECK (client_id = ANY ((SELECT mastersync.stated_clients())::text[]))', walled
        );
        EXECUTE format('GRANT SELECT, INSERT ON mastersync.%I TO mastersync_pipeline', walled);
    END LOOP;
END
$$;
GRANT UPDATE ON mastersync.agency_session TO mastersync_pipeline;
-- The desk sees what was told and charged, never a token.
GRANT SELECT ON
    mastersync.agency_page, mastersync.agency_page_read, mastersync.agency_event,
    mastersync.agency_watch, mastersync.agency_charge, mastersync.agency_reading
TO mastersync_desk;

RESET ROLE;
