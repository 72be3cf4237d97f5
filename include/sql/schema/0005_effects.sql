CREATE SEQUENCE mastersync.effect_fence;

CREATE TABLE mastersync.effect (
    client_id text NOT NULL,
    effect_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('push', 'credit_order', 'email')),
    target text NOT NULL,
    idempotency_key text NOT NULL,
    run_id text NOT NULL,
    customer_id text NOT NULL,
    record_id bigint,
    body jsonb NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    cost numeric NOT NULL DEFAULT 0,
    currency text,
    subject_type text,
    purpose text,
    authority text,
    budget text,
    state text NOT NULL DEFAULT 'ready' CHECK (
        state IN (
            'ready', -- may be claimed from not_before on
            'held', -- a guard stopped it; a person releases or cancels it
            'inflight', -- claimed by one worker until lease_until
            'unknown', -- sent, outcome not known; never sent again blindly
            'done', -- the outside has it
            'failed', -- refused for good; a ticket says why
            'cancelled' -- withdrawn before it was sent
        )
    ),
    not_before timestamptz NOT NULL,
    fence bigint NOT NULL DEFAULT 0,
    lease_until timestamptz,
    attempt_count integer NOT NULL DEFAULT 0,
    problem text,
    outcome jsonb,
    planned_at timestamptz NOT NULL,
    settled_at timestamptz,
    PRIMARY KEY (client_id, effect_id),
    UNIQUE (client_id, idempotency_key),
    FOREIGN KEY (client_id, run_id) REFERENCES mastersync.run,
    FOREIGN KEY (client_id, customer_id) REFERENCES mastersync.customer,
    CHECK ((state = 'inflight') = (lease_until IS NOT NULL)),
    CHECK (
        kind <> 'credit_order'
        OR (num_nonnulls(subject_type, purpose, authority, budget, currency) = 5 AND cost >= 0)
    )
);
CREATE INDEX effect_due ON mastersync.effect (client_id, kind, target, not_before, effect_id)
WHERE state = 'ready';
CREATE INDEX effect_unsettled ON mastersync.effect (client_id, state)
WHERE state IN ('inflight', 'unknown', 'held');
CREATE INDEX effect_stale ON mastersync.effect (client_id)
WHERE kind = 'push' AND state = 'cancelled' AND attempt_count > 0;
CREATE UNIQUE INDEX effect_one_creation ON mastersync.effect (client_id, target, customer_id)
WHERE kind = 'push' AND body ->> 'key' IS NULL AND state NOT IN ('failed', 'cancelled');
CREATE INDEX effect_customer ON mastersync.effect (client_id, customer_id, kind);
CREATE INDEX effect_record ON mastersync.effect (client_id, record_id) WHERE kind = 'push';
CREATE INDEX effect_credit ON mastersync.effect (client_id, planned_at)
WHERE kind = 'credit_order';
CREATE INDEX effect_run ON mastersync.effect (client_id, run_id);
COMMENT ON TABLE mastersync.effect IS
'A change to the outside world, as data, before it happens: what it will change, from and to.';

CREATE TABLE mastersync.effect_attempt (
    client_id text NOT NULL,
    effect_id uuid NOT NULL,
    fence bigint NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    outcome text CHECK (outcome IN ('done', 'failed', 'retry', 'unknown', 'lost')),
    problem text,
    PRIMARY KEY (client_id, effect_id, fence),
    FOREIGN KEY (client_id, effect_id) REFERENCES mastersync.effect
);
COMMENT ON TABLE mastersync.effect_attempt IS
'Each try of an effect, written ahead of the deed; one without an end was cut off.';

CREATE TABLE mastersync.disclosure (
    client_id text NOT NULL,
    disclosure_id bigint GENERATED ALWAYS AS IDENTITY,
    effect_id uuid NOT NULL,
    customer_id text NOT NULL,
    recipient text NOT NULL,
    fields text[] NOT NULL,
    authority text NOT NULL,
    disclosed_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, disclosure_id),
    UNIQUE (client_id, effect_id),
    FOREIGN KEY (client_id, effect_id) REFERENCES mastersync.effect
);
COMMENT ON TABLE mastersync.disclosure IS
'Which fields of a customer went to whom, when, under which authority; never their values.';
