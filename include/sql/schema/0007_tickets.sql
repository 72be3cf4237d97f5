CREATE TABLE mastersync.ticket (
    client_id text NOT NULL REFERENCES mastersync.client,
    ticket_id bigint GENERATED ALWAYS AS IDENTITY,
    cause_key text NOT NULL,
    kind text NOT NULL CHECK (
        kind IN ('task', 'record', 'review', 'credit', 'effect', 'guard', 'config')
    ),
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'resolved')),
    title text NOT NULL,
    cause text NOT NULL,
    next_step text NOT NULL,
    dag_id text,
    run_id text,
    task_id text,
    map_index integer,
    try_number integer,
    log_url text,
    detail jsonb NOT NULL DEFAULT '{}',
    seen_count integer NOT NULL DEFAULT 1,
    opened_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    resolved_at timestamptz,
    resolved_by text,
    resolution text,
    PRIMARY KEY (client_id, ticket_id),
    UNIQUE (client_id, cause_key),
    CHECK ((state = 'resolved') = (resolved_at IS NOT NULL))
);
CREATE INDEX ticket_open ON mastersync.ticket (client_id, opened_at) WHERE state = 'open';
COMMENT ON TABLE mastersync.ticket IS
'One question or failure for a person; one per cause, re-opened rather than doubled.';

CREATE TABLE mastersync.ticket_event (
    client_id text NOT NULL,
    event_id bigint GENERATED ALWAYS AS IDENTITY,
    ticket_id bigint NOT NULL,
    event text NOT NULL CHECK (event IN ('opened', 'seen_again', 'reopened', 'resolved', 'noted')),
    actor text NOT NULL,
    words text NOT NULL DEFAULT '',
    happened_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, event_id),
    FOREIGN KEY (client_id, ticket_id) REFERENCES mastersync.ticket
);
CREATE INDEX ticket_event_ticket ON mastersync.ticket_event (client_id, ticket_id);
COMMENT ON TABLE mastersync.ticket_event IS 'A ticket''s history.';

CREATE TABLE mastersync.ticket_subject (
    client_id text NOT NULL,
    ticket_id bigint NOT NULL,
    subject text NOT NULL, -- version:17, customer:C-…, effect:<uuid>, landing:<system>:<key>
    added_at timestamptz NOT NULL,
    cleared_at timestamptz,
    PRIMARY KEY (client_id, ticket_id, subject),
    FOREIGN KEY (client_id, ticket_id) REFERENCES mastersync.ticket
);
CREATE INDEX ticket_subject_subject ON mastersync.ticket_subject (client_id, subject);
COMMENT ON TABLE mastersync.ticket_subject IS
'What a ticket is about: the records that share its cause. When all are cleared, it is resolved.';
