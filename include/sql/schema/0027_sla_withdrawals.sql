-- What people said of a case's clocks may be taken back; it stays a fact that it was said.
SET ROLE mastersync_owner;

CREATE TABLE mastersync.sla_withdrawal (
    client_id text NOT NULL REFERENCES mastersync.client,
    withdrawal_id bigint GENERATED ALWAYS AS IDENTITY,
    pause_id bigint,
    waiver_id bigint,
    reason text NOT NULL CHECK (reason <> ''),
    author text NOT NULL CHECK (author <> ''),
    withdrawn_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, withdrawal_id),
    UNIQUE (client_id, pause_id),
    UNIQUE (client_id, waiver_id),
    FOREIGN KEY (client_id, pause_id) REFERENCES mastersync.sla_pause,
    FOREIGN KEY (client_id, waiver_id) REFERENCES mastersync.sla_waiver,
    CONSTRAINT sla_withdrawal_of_one_word CHECK (num_nonnulls(pause_id, waiver_id) = 1)
);
CREATE INDEX sla_withdrawal_when ON mastersync.sla_withdrawal (client_id, withdrawn_at);
COMMENT ON TABLE mastersync.sla_withdrawal IS
'That a pause or a waiver was taken back, who says so, and why: from then on it never was. A fact.';

ALTER TABLE mastersync.sla_withdrawal ENABLE ROW LEVEL SECURITY;
ALTER TABLE mastersync.sla_withdrawal FORCE ROW LEVEL SECURITY;
CREATE POLICY own_client ON mastersync.sla_withdrawal TO mastersync_pipeline
USING (client_id = (SELECT mastersync.session_client()))
WITH CHECK (client_id = (SELECT mastersync.session_client()));
CREATE POLICY stated_clients ON mastersync.sla_withdrawal TO mastersync_desk
USING (client_id = ANY((SELECT mastersync.stated_clients())::text[]))
WITH CHECK (client_id = ANY((SELECT mastersync.stated_clients())::text[]));
GRANT SELECT, INSERT ON mastersync.sla_withdrawal TO mastersync_pipeline, mastersync_desk;

RESET ROLE;
