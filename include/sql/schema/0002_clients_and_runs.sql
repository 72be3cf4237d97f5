CREATE TABLE mastersync.client (
    client_id text PRIMARY KEY CHECK (client_id ~ '^[a-z_][a-z0-9_]{1,39}$'),
    name text NOT NULL,
    policy_version text NOT NULL DEFAULT '',
    registered_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE mastersync.client IS
'A controller whose customer masters we keep; `_platform` stands for our own house.';

CREATE TABLE mastersync.run (
    client_id text NOT NULL REFERENCES mastersync.client,
    run_id text NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (
        state IN (
            'open', -- tasks are at work
            'done', -- closed, every version accounted for, no open exception of this run
            'done_with_exceptions', -- closed and accounted for; tickets wait for a person
            'stopped_by_guard', -- closed; effects are held until somebody approves
            'failed' -- a task gave up; its versions go on in the next run
        )
    ),
    policy_version text NOT NULL,
    opened_at timestamptz NOT NULL,
    planned_at timestamptz, -- NULL: what it formed has still to be planned, by whichever run
    closed_at timestamptz,
    PRIMARY KEY (client_id, run_id),
    CHECK ((state = 'open') = (closed_at IS NULL))
);
CREATE UNIQUE INDEX run_one_open ON mastersync.run (client_id) WHERE state = 'open';
CREATE INDEX run_unplanned ON mastersync.run (client_id) WHERE planned_at IS NULL;
COMMENT ON TABLE mastersync.run IS 'One pass of a client''s sync; at most one is open.';

CREATE TABLE mastersync.run_count (
    client_id text NOT NULL,
    run_id text NOT NULL,
    step text NOT NULL,
    measure text NOT NULL,
    value bigint NOT NULL,
    PRIMARY KEY (client_id, run_id, step, measure),
    FOREIGN KEY (client_id, run_id) REFERENCES mastersync.run
);
COMMENT ON TABLE mastersync.run_count IS
'What a run did, step by step; counted from the facts when it closes, so re-runs never double.';

CREATE TABLE mastersync.watermark (
    client_id text NOT NULL REFERENCES mastersync.client,
    system text NOT NULL,
    position text NOT NULL,
    record_count bigint NOT NULL DEFAULT 0,
    run_id text NOT NULL,
    moved_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, system),
    FOREIGN KEY (client_id, run_id) REFERENCES mastersync.run
);
COMMENT ON TABLE mastersync.watermark IS
'How far a source system has been read; moves in the transaction that lands the page.';
