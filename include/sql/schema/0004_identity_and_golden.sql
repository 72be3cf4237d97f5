CREATE TABLE mastersync.version_state (
    client_id text NOT NULL,
    version_id bigint NOT NULL,
    record_id bigint NOT NULL,
    state text NOT NULL CHECK (
        state IN (
            'pending', -- landed, its run is still at work on it
            'applied', -- part of its customer's golden record
            'unchanged', -- says nothing that its predecessor did not say
            'waiting', -- for a review, a credit check, an approval or the customer
            'set_aside', -- unusable; a ticket says why
            'superseded' -- a newer version of the same record took its place
        )
    ),
    waiting_for text CHECK (waiting_for IN ('review', 'credit', 'approval', 'customer')),
    cause text,
    run_id text NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, version_id),
    FOREIGN KEY (client_id, version_id) REFERENCES mastersync.source_version,
    CHECK ((state = 'waiting') = (waiting_for IS NOT NULL)),
    CHECK (state NOT IN ('waiting', 'set_aside') OR cause IS NOT NULL)
);
CREATE INDEX version_state_open ON mastersync.version_state (client_id, state, version_id)
WHERE state IN ('pending', 'waiting', 'set_aside');
CREATE INDEX version_state_record ON mastersync.version_state (client_id, record_id);
CREATE INDEX version_state_run ON mastersync.version_state (client_id, run_id);
COMMENT ON TABLE mastersync.version_state IS
'Conservation: each landed version is in exactly one state. `cause` is its ticket''s cause key.';

CREATE TABLE mastersync.prepared_record (
    client_id text NOT NULL,
    version_id bigint NOT NULL,
    record_id bigint NOT NULL,
    fields jsonb NOT NULL,
    problems jsonb NOT NULL DEFAULT '[]',
    said_at jsonb NOT NULL,
    policy_version text NOT NULL,
    prepared_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, version_id),
    FOREIGN KEY (client_id, version_id) REFERENCES mastersync.source_version
);
CREATE INDEX prepared_record_record
ON mastersync.prepared_record (client_id, record_id, version_id);
COMMENT ON TABLE mastersync.prepared_record IS
'A version in canonical fields and normal forms; derived, may be derived again. `said_at` is when '
'each field last changed by other hands than ours.';

CREATE TABLE mastersync.match_key (
    client_id text NOT NULL,
    key text NOT NULL,
    record_id bigint NOT NULL,
    PRIMARY KEY (client_id, key, record_id),
    FOREIGN KEY (client_id, record_id) REFERENCES mastersync.source_record
);
-- Not by client: a planner that believes a client has no keys yet must not look them up by it.
CREATE INDEX match_key_record ON mastersync.match_key (record_id);
COMMENT ON TABLE mastersync.match_key IS
'The client''s index of blocking keys: two records are compared when they share one.';

CREATE TABLE mastersync.match_candidate (
    client_id text NOT NULL,
    left_record_id bigint NOT NULL,
    right_record_id bigint NOT NULL,
    score double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
    band text NOT NULL CHECK (band IN ('same', 'review', 'new')),
    rule text NOT NULL,
    evidence jsonb NOT NULL,
    run_id text NOT NULL,
    found_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, left_record_id, right_record_id),
    FOREIGN KEY (client_id, left_record_id) REFERENCES mastersync.source_record,
    FOREIGN KEY (client_id, right_record_id) REFERENCES mastersync.source_record
);
COMMENT ON TABLE mastersync.match_candidate IS
'Pairs that are the same or may be, with the reasons for and against.';

CREATE TABLE mastersync.customer (
    client_id text NOT NULL REFERENCES mastersync.client,
    customer_id text NOT NULL,
    search_evidence jsonb NOT NULL CHECK (
        search_evidence ?& ARRAY['engine', 'searched_at', 'keys_searched', 'candidates_found']
    ),
    redirect_to text,
    created_run_id text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, customer_id),
    FOREIGN KEY (client_id, redirect_to) REFERENCES mastersync.customer,
    FOREIGN KEY (client_id, created_run_id) REFERENCES mastersync.run,
    CHECK (redirect_to <> customer_id)
);
COMMENT ON TABLE mastersync.customer IS
'A golden record''s identity: stable, public, never reused, and none without a search for another.';

CREATE TABLE mastersync.link (
    client_id text NOT NULL,
    link_id bigint GENERATED ALWAYS AS IDENTITY,
    record_id bigint NOT NULL,
    customer_id text NOT NULL,
    rule text NOT NULL,
    score double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
    evidence jsonb NOT NULL,
    run_id text NOT NULL,
    linked_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_reason text,
    PRIMARY KEY (client_id, link_id),
    FOREIGN KEY (client_id, record_id) REFERENCES mastersync.source_record,
    FOREIGN KEY (client_id, customer_id) REFERENCES mastersync.customer,
    FOREIGN KEY (client_id, run_id) REFERENCES mastersync.run,
    CHECK ((ended_at IS NULL) = (ended_reason IS NULL))
);
CREATE UNIQUE INDEX link_current ON mastersync.link (client_id, record_id) WHERE ended_at IS NULL;
CREATE INDEX link_customer ON mastersync.link (client_id, customer_id) WHERE ended_at IS NULL;
CREATE INDEX link_ended ON mastersync.link (client_id, ended_at) WHERE ended_at IS NOT NULL;
COMMENT ON TABLE mastersync.link IS
'Cross-reference: which customer a source record belongs to, by which rule, and since when.';

CREATE TABLE mastersync.golden_version (
    client_id text NOT NULL,
    customer_id text NOT NULL,
    version_no integer NOT NULL,
    fields jsonb NOT NULL,
    provenance jsonb NOT NULL,
    input_version_ids bigint[] NOT NULL,
    fingerprint bytea NOT NULL,
    policy_version text NOT NULL,
    run_id text NOT NULL,
    formed_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, customer_id, version_no),
    FOREIGN KEY (client_id, customer_id) REFERENCES mastersync.customer,
    FOREIGN KEY (client_id, run_id) REFERENCES mastersync.run
);
CREATE INDEX golden_version_run ON mastersync.golden_version (client_id, run_id);
COMMENT ON TABLE mastersync.golden_version IS
'The golden record, version by version, each field with where it came from.';
