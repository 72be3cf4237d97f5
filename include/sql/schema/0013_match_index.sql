-- The index of keys by numbers, and what is counted over it, so that matching a delta costs what
-- the delta costs. All of it is derived: it is dropped here and made again, record by record,
-- when the client is matched next (match_index says how far that is).
SET ROLE mastersync_owner;

DROP TABLE mastersync.match_key;

CREATE TABLE mastersync.match_index (
    client_id text PRIMARY KEY REFERENCES mastersync.client,
    edition integer NOT NULL,
    records bigint NOT NULL DEFAULT 0,
    indexed_to bigint NOT NULL DEFAULT 0,
    complete boolean NOT NULL DEFAULT FALSE
);
COMMENT ON TABLE mastersync.match_index IS
'The state of a client''s index: in which edition of keys it is, of how many records, and up to '
'which record older ones have been taken in. What is not complete must not be searched.';

CREATE TABLE mastersync.match_entry (
    client_id text NOT NULL,
    record_id bigint NOT NULL,
    version_id bigint NOT NULL,
    prepared_at timestamptz NOT NULL,
    compared integer,
    keys bigint[] NOT NULL,
    terms bigint[] NOT NULL,
    contacts bigint[] NOT NULL,
    names bigint[] NOT NULL,
    PRIMARY KEY (client_id, record_id),
    FOREIGN KEY (client_id, record_id) REFERENCES mastersync.source_record
) WITH (fillfactor = 80);
COMMENT ON TABLE mastersync.match_entry IS
'What the index and its counts hold of a record, to be taken out again when the record changes; '
'names[i] is the name that contacts[i] is used under. `compared` is with how many others this '
'state of the record was compared, NULL before: no record is linked before it was searched for.';

-- No reference to the record: match_entry has it, once and not twenty times.
CREATE TABLE mastersync.match_key (
    client_id text NOT NULL,
    key bigint NOT NULL,
    record_id bigint NOT NULL
);
-- The key first: it is compared a dozen times on the way down, and a number is quick to compare.
-- Not unique, which match_entry sees to, and without looking at it every insertion is cheaper.
CREATE INDEX match_key_holders ON mastersync.match_key (key, client_id, record_id);
COMMENT ON TABLE mastersync.match_key IS
'The client''s index of blocking keys: two records may be compared when they share one.';

CREATE TABLE mastersync.match_term (
    client_id text NOT NULL,
    term bigint NOT NULL,
    records integer NOT NULL,
    PRIMARY KEY (client_id, term)
) WITH (fillfactor = 70);
COMMENT ON TABLE mastersync.match_term IS
'In how many of the client''s records a word occurs; rare words say more.';

CREATE TABLE mastersync.match_contact (
    client_id text NOT NULL,
    contact bigint NOT NULL,
    name bigint NOT NULL,
    records integer NOT NULL,
    PRIMARY KEY (client_id, contact, name)
) WITH (fillfactor = 90);
COMMENT ON TABLE mastersync.match_contact IS
'Under which distinct names a phone, mailbox, address or domain is used: many mean that it is an '
'accountant''s, a switchboard''s or a placeholder.';

CREATE TABLE mastersync.match_model (
    client_id text NOT NULL REFERENCES mastersync.client,
    model_no integer NOT NULL,
    model jsonb NOT NULL,
    learned_from bigint NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, model_no)
);
COMMENT ON TABLE mastersync.match_model IS
'The weights that a client''s records are compared by; the newest is in force, without one the '
'default. Never updated, so that a score can be explained later.';

-- Pairs are taken back when one of their records changes, from either end.
CREATE INDEX match_candidate_right ON mastersync.match_candidate (client_id, right_record_id);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY[
        'match_index', 'match_entry', 'match_key', 'match_term', 'match_contact', 'match_model'
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
        EXECUTE format('GRANT SELECT ON mastersync.%I TO mastersync_desk', tenant_table);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, DELETE ON mastersync.match_key TO mastersync_pipeline;
GRANT SELECT, INSERT, UPDATE, DELETE ON
    mastersync.match_entry, mastersync.match_term, mastersync.match_contact
TO mastersync_pipeline;
GRANT SELECT, INSERT, UPDATE ON mastersync.match_index TO mastersync_pipeline;
GRANT SELECT, INSERT ON mastersync.match_model TO mastersync_pipeline;
GRANT DELETE ON mastersync.match_candidate TO mastersync_pipeline;

CREATE OR REPLACE FUNCTION mastersync.refresh_statistics() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    ANALYZE mastersync.source_record (client_id, system, source_key, record_id);
    ANALYZE mastersync.source_version (client_id, version_id, record_id);
    ANALYZE mastersync.record_head (client_id, record_id, version_id);
    ANALYZE mastersync.version_state (client_id, version_id, record_id, state, run_id);
    ANALYZE mastersync.prepared_record (client_id, version_id, record_id);
    ANALYZE mastersync.match_entry (client_id, record_id);
    ANALYZE mastersync.match_key (client_id, key, record_id);
    ANALYZE mastersync.match_term (client_id, term);
    ANALYZE mastersync.match_contact (client_id, contact, name);
    ANALYZE mastersync.match_candidate (client_id, left_record_id, right_record_id);
    ANALYZE mastersync.link (client_id, record_id, customer_id, ended_at);
    ANALYZE mastersync.customer (client_id, customer_id);
END
$$;

RESET ROLE;
