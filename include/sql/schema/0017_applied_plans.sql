-- Plans that people applied: each once, whoever is quicker.
SET ROLE mastersync_owner;

CREATE TABLE mastersync.applied_plan (
    client_id text NOT NULL REFERENCES mastersync.client,
    plan_id text NOT NULL CHECK (plan_id <> ''),
    digest text NOT NULL,
    run_id text NOT NULL,
    applied_by text NOT NULL CHECK (applied_by <> ''),
    applied_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, plan_id),
    FOREIGN KEY (client_id, run_id) REFERENCES mastersync.run DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE mastersync.applied_plan IS
'Which plan files were applied, by whom and as which run; a file is applied once.';

ALTER TABLE mastersync.applied_plan ENABLE ROW LEVEL SECURITY;
ALTER TABLE mastersync.applied_plan FORCE ROW LEVEL SECURITY;
CREATE POLICY own_client ON mastersync.applied_plan TO mastersync_pipeline
USING (client_id = (SELECT mastersync.session_client()))
WITH CHECK (client_id = (SELECT mastersync.session_client()));
CREATE POLICY stated_clients ON mastersync.applied_plan TO mastersync_desk
USING (client_id = any((SELECT mastersync.stated_clients())::text[]))
WITH CHECK (client_id = any((SELECT mastersync.stated_clients())::text[]));

GRANT SELECT, INSERT ON mastersync.applied_plan TO mastersync_pipeline;
GRANT SELECT ON mastersync.applied_plan TO mastersync_desk;

RESET ROLE;
