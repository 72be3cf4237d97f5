-- How far each customer's golden record was considered, so that a fact that changes nothing is not
-- looked at for ever, and that what time changes (a pin that expires) is looked at again.
SET ROLE mastersync_owner;

CREATE TABLE mastersync.golden_considered (
    client_id text NOT NULL,
    customer_id text NOT NULL,
    considered_at timestamptz NOT NULL,
    due_at timestamptz,
    PRIMARY KEY (client_id, customer_id),
    FOREIGN KEY (client_id, customer_id) REFERENCES mastersync.customer
) WITH (fillfactor = 80);
CREATE INDEX golden_considered_due ON mastersync.golden_considered (client_id, due_at)
WHERE due_at IS NOT NULL;
COMMENT ON TABLE mastersync.golden_considered IS
'When each customer was last formed from all its facts, whether or not that made a new version, '
'and when time alone changes it next.';
ALTER TABLE mastersync.golden_considered ENABLE ROW LEVEL SECURITY;
ALTER TABLE mastersync.golden_considered FORCE ROW LEVEL SECURITY;
CREATE POLICY own_client ON mastersync.golden_considered TO mastersync_pipeline
USING (client_id = (SELECT mastersync.session_client()))
WITH CHECK (client_id = (SELECT mastersync.session_client()));
CREATE POLICY stated_clients ON mastersync.golden_considered TO mastersync_desk
USING (client_id = ANY((SELECT mastersync.stated_clients())::text[]))
WITH CHECK (client_id = ANY((SELECT mastersync.stated_clients())::text[]));
GRANT SELECT, INSERT, UPDATE ON mastersync.golden_considered TO mastersync_pipeline;
GRANT SELECT ON mastersync.golden_considered TO mastersync_desk;

RESET ROLE;
