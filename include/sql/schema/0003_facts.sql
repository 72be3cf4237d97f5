CREATE TABLE mastersync.source_record (
    client_id text NOT NULL REFERENCES mastersync.client,
    record_id bigint GENERATED ALWAYS AS IDENTITY,
    system text NOT NULL,
    source_key text NOT NULL,
    first_run_id text NOT NULL,
    first_seen_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, record_id),
    UNIQUE (client_id, system, source_key),
    FOREIGN KEY (client_id, first_run_id) REFERENCES mastersync.run
);
COMMENT ON TABLE mastersync.source_record IS 'One customer as one system knows it.';

CREATE TABLE mastersync.landing_page (
    client_id text NOT NULL,
    run_id text NOT NULL,
    system text NOT NULL,
    page_no integer NOT NULL,
    seen_count integer NOT NULL,
    new_count integer NOT NULL,
    unchanged_count integer NOT NULL,
    refused_count integer NOT NULL DEFAULT 0,
    watermark_to text NOT NULL,
    landed_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, run_id, system, page_no),
    FOREIGN KEY (client_id, run_id) REFERENCES mastersync.run,
    CHECK (seen_count = new_count + unchanged_count + refused_count)
);
COMMENT ON TABLE mastersync.landing_page IS
'What was read, page by page: seen = landed as new versions + already held + refused.';

CREATE TABLE mastersync.source_version (
    client_id text NOT NULL,
    version_id bigint GENERATED ALWAYS AS IDENTITY,
    record_id bigint NOT NULL,
    version_no integer NOT NULL,
    run_id text NOT NULL,
    payload jsonb NOT NULL,
    payload_hash bytea NOT NULL CHECK (octet_length(payload_hash) = 32),
    evidence jsonb,
    observed_at timestamptz NOT NULL,
    modified_at timestamptz,
    deleted boolean NOT NULL DEFAULT FALSE,
    PRIMARY KEY (client_id, version_id),
    UNIQUE (client_id, record_id, version_no),
    FOREIGN KEY (client_id, record_id) REFERENCES mastersync.source_record,
    FOREIGN KEY (client_id, run_id) REFERENCES mastersync.run
);
CREATE INDEX source_version_run ON mastersync.source_version (client_id, run_id);
COMMENT ON TABLE mastersync.source_version IS
'A record as it was landed. Never updated, never deleted by an application role.';

CREATE TABLE mastersync.record_head (
    client_id text NOT NULL,
    record_id bigint NOT NULL,
    version_id bigint NOT NULL,
    version_no integer NOT NULL,
    payload_hash bytea NOT NULL,
    deleted boolean NOT NULL,
    guard text,
    seen_run_id text,
    PRIMARY KEY (client_id, record_id),
    FOREIGN KEY (client_id, record_id) REFERENCES mastersync.source_record,
    FOREIGN KEY (client_id, version_id) REFERENCES mastersync.source_version
);
COMMENT ON TABLE mastersync.record_head IS
'The newest version of each record, the token (ETag, time) that guards a write to it, and the run '
'that read it last.';

CREATE TABLE mastersync.decision (
    client_id text NOT NULL REFERENCES mastersync.client,
    decision_id bigint GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL CHECK (kind IN ('same', 'not_same', 'related', 'pin', 'release')),
    left_system text,
    left_key text,
    right_system text,
    right_key text,
    customer_id text,
    field text,
    value text,
    author text NOT NULL,
    reason text NOT NULL,
    decided_at timestamptz NOT NULL,
    expires_at timestamptz,
    ticket_id bigint,
    PRIMARY KEY (client_id, decision_id),
    CHECK (
        kind NOT IN ('same', 'not_same', 'related')
        OR num_nonnulls(left_system, left_key, right_system, right_key) = 4
    ),
    CHECK (kind <> 'pin' OR num_nonnulls(customer_id, field, value) = 3)
);
CREATE INDEX decision_left ON mastersync.decision (client_id, left_system, left_key);
CREATE INDEX decision_customer ON mastersync.decision (client_id, customer_id) WHERE kind = 'pin';
CREATE INDEX decision_right ON mastersync.decision (client_id, right_system, right_key);
COMMENT ON TABLE mastersync.decision IS
'What a person decided, keyed on source records so that it survives reruns; the newest wins.';

CREATE TABLE mastersync.credit_report (
    client_id text NOT NULL REFERENCES mastersync.client,
    report_id bigint GENERATED ALWAYS AS IDENTITY,
    customer_id text NOT NULL,
    agency text NOT NULL,
    company_reference text NOT NULL,
    effect_id uuid NOT NULL,
    rating text,
    score text,
    credit_limit numeric,
    currency text,
    payload jsonb NOT NULL,
    ordered_at timestamptz NOT NULL,
    valid_until timestamptz NOT NULL,
    PRIMARY KEY (client_id, report_id),
    UNIQUE (client_id, effect_id)
);
CREATE INDEX credit_report_customer
ON mastersync.credit_report (client_id, customer_id, ordered_at);
COMMENT ON TABLE mastersync.credit_report IS
'One agency''s answer at one time, kept apart per client.';
