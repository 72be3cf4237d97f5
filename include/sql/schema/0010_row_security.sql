-- Every table with a client_id is walled, for its owner too. Pipeline logins see their own client;
-- desk transactions see the clients they stated; the resolver sees what its grants allow.
DO $$
DECLARE
    tenant_table regclass;
BEGIN
    FOR tenant_table IN
        SELECT attribute.attrelid::regclass
        FROM pg_attribute AS attribute
        INNER JOIN pg_class AS class ON attribute.attrelid = class.oid
        WHERE
            class.relnamespace = 'mastersync'::regnamespace
            AND class.relkind = 'r'
            AND attribute.attname = 'client_id'
            AND NOT attribute.attisdropped
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY own_client ON %s TO mastersync_pipeline '
            'USING (client_id = (SELECT mastersync.session_client())) '
            'WITH CHECK (client_id = (SELECT mastersync.session_client()))', tenant_table
        );
        EXECUTE format(
            'CREATE POLICY stated_clients ON %s TO mastersync_desk '
            'USING (client_id = ANY ((SELECT mastersync.stated_clients())::text[])) '
            'WITH CHECK (client_id = ANY ((SELECT mastersync.stated_clients())::text[]))', tenant_table
        );
    END LOOP;
END
$$;
-- Only the migrator, as the owner, registers clients.
CREATE POLICY registration ON mastersync.client TO mastersync_owner USING (TRUE) WITH CHECK (TRUE);
CREATE POLICY by_token ON mastersync.confirmation_request TO mastersync_resolver
USING (TRUE) WITH CHECK (TRUE);
CREATE POLICY by_token ON mastersync.confirmation_answer TO mastersync_resolver
USING (TRUE) WITH CHECK (TRUE);
CREATE POLICY by_effect ON mastersync.mail_event TO mastersync_resolver
USING (TRUE) WITH CHECK (TRUE);
CREATE POLICY by_effect ON mastersync.effect FOR SELECT TO mastersync_resolver USING (TRUE);

-- Facts and ledgers: append and read only, for everyone.
GRANT SELECT, INSERT ON
    mastersync.source_record, mastersync.landing_page, mastersync.source_version,
    mastersync.credit_report, mastersync.golden_version, mastersync.disclosure,
    mastersync.audit_entry, mastersync.decision, mastersync.ticket_event
TO mastersync_pipeline;
GRANT SELECT ON mastersync.confirmation_answer, mastersync.mail_event TO mastersync_pipeline;
-- What is derived or has a state machine.
GRANT SELECT, INSERT, UPDATE ON
    mastersync.run, mastersync.run_count, mastersync.watermark, mastersync.record_head,
    mastersync.version_state, mastersync.prepared_record, mastersync.match_candidate,
    mastersync.customer, mastersync.link, mastersync.effect, mastersync.effect_attempt,
    mastersync.confirmation_request, mastersync.ticket, mastersync.ticket_subject
TO mastersync_pipeline;
GRANT SELECT, INSERT, DELETE ON mastersync.match_key TO mastersync_pipeline;
GRANT SELECT ON mastersync.client TO mastersync_pipeline;
GRANT UPDATE (name, policy_version) ON mastersync.client TO mastersync_pipeline;
GRANT USAGE ON SEQUENCE mastersync.effect_fence TO mastersync_pipeline;

GRANT SELECT ON ALL TABLES IN SCHEMA mastersync TO mastersync_desk;
GRANT INSERT ON mastersync.decision, mastersync.ticket_event, mastersync.audit_entry
TO mastersync_desk;
GRANT INSERT, UPDATE ON mastersync.ticket, mastersync.ticket_subject TO mastersync_desk;
GRANT UPDATE (state, not_before, problem, settled_at, lease_until) ON mastersync.effect
TO mastersync_desk;

GRANT SELECT (
    client_id, request_id, customer_id, token_hash, client_name, language, shown, state,
    expires_at, answered_at
) ON mastersync.confirmation_request TO mastersync_resolver;
GRANT UPDATE (state, answered_at) ON mastersync.confirmation_request TO mastersync_resolver;
GRANT INSERT ON mastersync.confirmation_answer, mastersync.mail_event TO mastersync_resolver;
GRANT SELECT (client_id, event_id) ON mastersync.mail_event TO mastersync_resolver;
GRANT SELECT (client_id, effect_id, kind) ON mastersync.effect TO mastersync_resolver;

-- Everything belongs to a role that nobody logs in as.
DO $$
DECLARE
    owned record;
BEGIN
    FOR owned IN
        SELECT format('ALTER TABLE %s OWNER TO mastersync_owner', class.oid::regclass) AS command
        FROM pg_class AS class
        WHERE class.relnamespace = 'mastersync'::regnamespace AND class.relkind IN ('r', 'S')
          AND NOT EXISTS (
              SELECT 1 FROM pg_depend
              WHERE pg_depend.objid = class.oid AND pg_depend.deptype = 'i' AND class.relkind = 'S'
          )
          AND class.relname <> 'alembic_version'
        UNION ALL
        SELECT format('ALTER FUNCTION %s OWNER TO mastersync_owner', routine.oid::regprocedure)
        FROM pg_proc AS routine
        WHERE routine.pronamespace = 'mastersync'::regnamespace
    LOOP
        EXECUTE owned.command;
    END LOOP;
END
$$;

-- The resolver must own its functions and may create nothing.
GRANT CREATE ON SCHEMA mastersync TO mastersync_resolver;
ALTER FUNCTION mastersync.open_confirmation(bytea) OWNER TO mastersync_resolver;
ALTER FUNCTION mastersync.answer_confirmation(bytea, text, jsonb, timestamptz)
OWNER TO mastersync_resolver;
ALTER FUNCTION mastersync.record_mail_event(uuid, text, text, text, timestamptz)
OWNER TO mastersync_resolver;
REVOKE CREATE ON SCHEMA mastersync FROM mastersync_resolver;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA mastersync FROM public;
GRANT EXECUTE ON FUNCTION mastersync.session_client() TO mastersync_pipeline;
GRANT EXECUTE ON FUNCTION mastersync.stated_clients() TO mastersync_desk;
GRANT EXECUTE ON FUNCTION mastersync.audit_hash(mastersync.audit_entry)
TO mastersync_pipeline, mastersync_desk;
GRANT EXECUTE ON FUNCTION mastersync.open_confirmation(bytea) TO mastersync_portal;
GRANT EXECUTE ON FUNCTION mastersync.answer_confirmation(bytea, text, jsonb, timestamptz)
TO mastersync_portal;
GRANT EXECUTE ON FUNCTION mastersync.record_mail_event(uuid, text, text, text, timestamptz)
TO mastersync_portal;
