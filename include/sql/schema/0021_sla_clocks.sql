-- What SLA clocks are read from: the history of every version, and what people said of a case; and
-- the clocks themselves, which are derived.
SET ROLE mastersync_owner;

CREATE TABLE mastersync.version_event (
    client_id text NOT NULL,
    event_id bigint GENERATED ALWAYS AS IDENTITY,
    version_id bigint NOT NULL,
    record_id bigint NOT NULL,
    state text NOT NULL,
    waiting_for text,
    cause text,
    run_id text NOT NULL,
    happened_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, record_id, event_id)
);
CREATE INDEX version_event_when ON mastersync.version_event (client_id, happened_at);
-- No reference to the version: only the trigger below writes here, of versions that there are.
COMMENT ON TABLE mastersync.version_event IS
'The history of version_state: each state that a version came into, and when. Append-only.';

-- By statement, not by row: a load of a hundred thousand versions stays set-based.
CREATE FUNCTION mastersync.keep_version_events() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO mastersync.version_event (
            client_id, version_id, record_id, state, waiting_for, cause, run_id, happened_at
        )
        SELECT
            new_state.client_id, new_state.version_id, new_state.record_id, new_state.state,
            new_state.waiting_for, new_state.cause, new_state.run_id, new_state.changed_at
        FROM new_state
        ORDER BY new_state.version_id;
    ELSE
        INSERT INTO mastersync.version_event (
            client_id, version_id, record_id, state, waiting_for, cause, run_id, happened_at
        )
        SELECT
            new_state.client_id, new_state.version_id, new_state.record_id, new_state.state,
            new_state.waiting_for, new_state.cause, new_state.run_id, new_state.changed_at
        FROM new_state
        INNER JOIN old_state USING (client_id, version_id)
        WHERE
            (new_state.state, new_state.waiting_for, new_state.cause)
            IS DISTINCT FROM (old_state.state, old_state.waiting_for, old_state.cause)
        ORDER BY new_state.version_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER version_state_begins
AFTER INSERT ON mastersync.version_state
REFERENCING NEW TABLE AS new_state
FOR EACH STATEMENT EXECUTE FUNCTION mastersync.keep_version_events();
CREATE TRIGGER version_state_changes
AFTER UPDATE ON mastersync.version_state
REFERENCING OLD TABLE AS old_state NEW TABLE AS new_state
FOR EACH STATEMENT EXECUTE FUNCTION mastersync.keep_version_events();

-- Of what is there already, only the present state is known. Row security, which hides it from the
-- owner too, is lifted for that.
ALTER TABLE mastersync.version_state NO FORCE ROW LEVEL SECURITY;
INSERT INTO mastersync.version_event (
    client_id, version_id, record_id, state, waiting_for, cause, run_id, happened_at
)
SELECT
    client_id,
    version_id,
    record_id,
    state,
    waiting_for,
    cause,
    run_id,
    changed_at
FROM mastersync.version_state
ORDER BY version_id;
ALTER TABLE mastersync.version_state FORCE ROW LEVEL SECURITY;

ALTER TABLE mastersync.prepared_record ADD COLUMN news text[];
COMMENT ON COLUMN mastersync.prepared_record.news IS
'The fields that others than we changed in this version; none when it only brings back what we '
'wrote. Null where it was prepared before this was kept.';

CREATE TABLE mastersync.sla_pause (
    client_id text NOT NULL REFERENCES mastersync.client,
    pause_id bigint GENERATED ALWAYS AS IDENTITY,
    case_id text NOT NULL CHECK (case_id ~ '^(version|answer):\d+$'),
    cause text NOT NULL CHECK (cause IN ('agency', 'customer', 'client')),
    evidence text NOT NULL CHECK (evidence <> ''), -- what the client can check
    paused_at timestamptz NOT NULL,
    author text NOT NULL CHECK (author <> ''),
    told_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, pause_id),
    CHECK (paused_at <= told_at)
);
CREATE INDEX sla_pause_case ON mastersync.sla_pause (client_id, case_id);
CREATE INDEX sla_pause_told ON mastersync.sla_pause (client_id, told_at);
COMMENT ON TABLE mastersync.sla_pause IS
'That a person stopped the clocks of a case, for whom it waits, and what proves it: a fact.';

CREATE TABLE mastersync.sla_resumption (
    client_id text NOT NULL,
    pause_id bigint NOT NULL,
    evidence text NOT NULL CHECK (evidence <> ''),
    resumed_at timestamptz NOT NULL,
    author text NOT NULL CHECK (author <> ''),
    told_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, pause_id),
    FOREIGN KEY (client_id, pause_id) REFERENCES mastersync.sla_pause,
    CHECK (resumed_at <= told_at)
);
CREATE INDEX sla_resumption_told ON mastersync.sla_resumption (client_id, told_at);
COMMENT ON TABLE mastersync.sla_resumption IS
'That a pause is over, who says so, and what proves it.';

CREATE TABLE mastersync.sla_waiver (
    client_id text NOT NULL REFERENCES mastersync.client,
    waiver_id bigint GENERATED ALWAYS AS IDENTITY,
    case_id text NOT NULL CHECK (case_id ~ '^(version|answer):\d+$'),
    clock text NOT NULL DEFAULT '', -- empty: all of the case
    evidence text NOT NULL CHECK (evidence <> ''),
    author text NOT NULL CHECK (author <> ''),
    waived_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, waiver_id)
);
CREATE INDEX sla_waiver_case ON mastersync.sla_waiver (client_id, case_id);
CREATE INDEX sla_waiver_when ON mastersync.sla_waiver (client_id, waived_at);
COMMENT ON TABLE mastersync.sla_waiver IS
'That a clock of a case does not count, who says so, and what proves it: a fact.';

CREATE TABLE mastersync.sla_clock (
    client_id text NOT NULL REFERENCES mastersync.client,
    case_id text NOT NULL,
    clock text NOT NULL,
    clause text NOT NULL,
    request text NOT NULL,
    segment text NOT NULL,
    priority text NOT NULL,
    record_id bigint,
    customer_id text,
    state text NOT NULL CHECK (
        state IN (
            'not_started', -- what starts it has not happened
            'running',
            'paused', -- it waits for somebody who is not of our house
            'met', -- stopped in time
            'late', -- past its due time, stopped since or not
            'waived' -- a person said that it does not count
        )
    ),
    started_at timestamptz,
    due_at timestamptz,
    stopped_at timestamptz,
    decided_at timestamptz,
    used double precision NOT NULL,
    rung numeric, -- the share at which people were last told of it; null before
    look_at timestamptz, -- when time alone changes it next; null: never
    is_open boolean NOT NULL GENERATED ALWAYS AS (
        state IN ('not_started', 'running', 'paused') OR (state = 'late' AND stopped_at IS NULL)
    ) STORED,
    PRIMARY KEY (client_id, case_id, clock)
) WITH (fillfactor = 80);
CREATE INDEX sla_clock_look ON mastersync.sla_clock (client_id, look_at) WHERE look_at IS NOT NULL;
CREATE INDEX sla_clock_record ON mastersync.sla_clock (client_id, record_id) WHERE is_open;
CREATE INDEX sla_clock_customer ON mastersync.sla_clock (client_id, customer_id) WHERE is_open;
CREATE INDEX sla_clock_open ON mastersync.sla_clock (client_id, due_at) WHERE is_open;
CREATE INDEX sla_clock_decided ON mastersync.sla_clock (client_id, decided_at)
WHERE decided_at IS NOT NULL;
COMMENT ON TABLE mastersync.sla_clock IS
'The clocks of each case, as they were read last; derived from facts, may be derived again.';

CREATE TABLE mastersync.sla_watch (
    client_id text PRIMARY KEY REFERENCES mastersync.client,
    promises text NOT NULL, -- what stands for the clauses that clocks were read by
    watched_at timestamptz NOT NULL
);
COMMENT ON TABLE mastersync.sla_watch IS
'Up to when a client''s clocks were read, and by which clauses: by others all are read again.';

-- Whose a record was that its system has deleted.
CREATE INDEX link_ended_record ON mastersync.link (client_id, record_id)
WHERE ended_at IS NOT NULL;

-- By when facts came in, so that only what can have changed is read again.
CREATE INDEX effect_settled ON mastersync.effect (client_id, settled_at)
WHERE settled_at IS NOT NULL;
CREATE INDEX confirmation_answer_when ON mastersync.confirmation_answer (client_id, answered_at);
CREATE INDEX identity_change_when ON mastersync.identity_change (client_id, changed_at);
CREATE INDEX credit_report_when ON mastersync.credit_report (client_id, ordered_at);

-- Whether a record holds at each path what was written there, as systems keep it: in other
-- capitals, or cut off. As domain.golden.echo says it, of paths as domain.records.mapping has them.
CREATE FUNCTION mastersync.value_at(payload jsonb, path text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(
    payload ->> path,
    payload #>> string_to_array(path, '.')
);
CREATE FUNCTION mastersync.holds(payload jsonb, written jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
SELECT coalesce(bool_and(
    held.said = wanted.said
    OR (length(held.said) >= 20 AND starts_with(wanted.said, held.said))
), TRUE)
FROM jsonb_each_text(holds.written) AS change (path, value)
CROSS JOIN LATERAL (
    SELECT
        lower(btrim(regexp_replace(
            coalesce(mastersync.value_at(holds.payload, change.path), ''), '\s+', ' ', 'g'
        )))
) AS held (said)
CROSS JOIN LATERAL (
    SELECT lower(btrim(regexp_replace(coalesce(change.value, ''), '\s+', ' ', 'g')))
) AS wanted (said);
END;

ALTER TABLE mastersync.ticket DROP CONSTRAINT ticket_kind_check;
ALTER TABLE mastersync.ticket ADD CONSTRAINT ticket_kind_check CHECK (
    kind IN ('task', 'record', 'review', 'credit', 'effect', 'guard', 'config', 'sla')
);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY[
        'version_event', 'sla_pause', 'sla_resumption', 'sla_waiver', 'sla_clock', 'sla_watch'
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
GRANT SELECT, INSERT ON
    mastersync.version_event, mastersync.sla_pause, mastersync.sla_resumption,
    mastersync.sla_waiver
TO mastersync_pipeline;
GRANT SELECT, INSERT, UPDATE, DELETE ON mastersync.sla_clock TO mastersync_pipeline;
GRANT SELECT, INSERT, UPDATE ON mastersync.sla_watch TO mastersync_pipeline;
-- People pause and waive at the desk.
GRANT INSERT ON mastersync.sla_pause, mastersync.sla_resumption, mastersync.sla_waiver
TO mastersync_desk;

REVOKE ALL ON FUNCTION
mastersync.keep_version_events(), mastersync.value_at(jsonb, text), mastersync.holds(jsonb, jsonb)
FROM public;
GRANT EXECUTE ON FUNCTION mastersync.value_at(jsonb, text), mastersync.holds(jsonb, jsonb)
TO mastersync_pipeline, mastersync_desk;

RESET ROLE;
