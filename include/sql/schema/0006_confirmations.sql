CREATE TABLE mastersync.confirmation_request (
    client_id text NOT NULL,
    request_id uuid NOT NULL,
    customer_id text NOT NULL,
    effect_id uuid NOT NULL,
    token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
    client_name text NOT NULL,
    language text NOT NULL,
    shown jsonb NOT NULL,
    state text NOT NULL DEFAULT 'planned' CHECK (
        state IN ('planned', 'answered', 'applied', 'revoked')
    ),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    answered_at timestamptz,
    PRIMARY KEY (client_id, request_id),
    UNIQUE (client_id, effect_id),
    FOREIGN KEY (client_id, customer_id) REFERENCES mastersync.customer,
    FOREIGN KEY (client_id, effect_id) REFERENCES mastersync.effect
);
CREATE INDEX confirmation_request_token ON mastersync.confirmation_request (token_hash);
CREATE INDEX confirmation_request_customer
ON mastersync.confirmation_request (client_id, customer_id);
CREATE INDEX confirmation_request_answered
ON mastersync.confirmation_request (client_id, customer_id)
WHERE state = 'answered';
COMMENT ON TABLE mastersync.confirmation_request IS
'One question to a customer: exactly what was shown. The token itself is never stored.';

CREATE TABLE mastersync.confirmation_answer (
    client_id text NOT NULL,
    answer_id bigint GENERATED ALWAYS AS IDENTITY,
    request_id uuid NOT NULL,
    customer_id text NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('all_correct', 'corrections', 'wrong_person')),
    corrections jsonb NOT NULL DEFAULT '{}',
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, answer_id),
    UNIQUE (client_id, request_id),
    FOREIGN KEY (client_id, request_id) REFERENCES mastersync.confirmation_request
);
CREATE INDEX confirmation_answer_customer
ON mastersync.confirmation_answer (client_id, customer_id);
COMMENT ON TABLE mastersync.confirmation_answer IS 'What the customer answered: a fact.';

CREATE TABLE mastersync.mail_event (
    client_id text NOT NULL,
    event_id text NOT NULL,
    effect_id uuid NOT NULL,
    event text NOT NULL,
    reason text,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (client_id, event_id),
    FOREIGN KEY (client_id, effect_id) REFERENCES mastersync.effect
);
CREATE INDEX mail_event_effect ON mastersync.mail_event (client_id, effect_id);
CREATE INDEX mail_event_trouble ON mastersync.mail_event (client_id, effect_id)
WHERE event IN ('bounce', 'dropped', 'spamreport');
COMMENT ON TABLE mastersync.mail_event IS
'What the mail carrier reported, once per event however often it was posted.';
