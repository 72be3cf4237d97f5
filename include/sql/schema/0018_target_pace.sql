-- How fast each target may be asked and whether it is well, for all workers together.
SET ROLE mastersync_owner;

CREATE TABLE mastersync.target_pace (
    client_id text NOT NULL REFERENCES mastersync.client,
    target text NOT NULL,
    free_at timestamptz NOT NULL DEFAULT '-infinity', -- the next place in the line to it
    failures integer NOT NULL DEFAULT 0, -- turns in a row of which it took nothing
    rests_until timestamptz NOT NULL DEFAULT '-infinity', -- nothing is claimed for it before
    succeeded_at timestamptz NOT NULL DEFAULT '-infinity', -- when it last took something
    PRIMARY KEY (client_id, target)
) WITH (fillfactor = 50);
COMMENT ON TABLE mastersync.target_pace IS
'The line to a client''s system, agency or mail carrier, shared by all workers, and how it fares.';

ALTER TABLE mastersync.target_pace ENABLE ROW LEVEL SECURITY;
ALTER TABLE mastersync.target_pace FORCE ROW LEVEL SECURITY;
CREATE POLICY own_client ON mastersync.target_pace TO mastersync_pipeline
USING (client_id = (SELECT mastersync.session_client()))
WITH CHECK (client_id = (SELECT mastersync.session_client()));
CREATE POLICY stated_clients ON mastersync.target_pace TO mastersync_desk
USING (client_id = ANY((SELECT mastersync.stated_clients())::text[]))
WITH CHECK (client_id = ANY((SELECT mastersync.stated_clients())::text[]));

GRANT SELECT, INSERT, UPDATE ON mastersync.target_pace TO mastersync_pipeline;
GRANT SELECT ON mastersync.target_pace TO mastersync_desk;

RESET ROLE;
