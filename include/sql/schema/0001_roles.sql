-- Roles are the wall between clients. Nobody who serves traffic owns a table or may bypass
-- row security. Each client's pipeline logs in as its own role `ms_<client_id>`, a member of
-- mastersync_pipeline (made when the client is registered, see clients/create_client_role).
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY[
        'mastersync_owner', 'mastersync_pipeline', 'mastersync_resolver',
        'mastersync_desk', 'mastersync_portal'
    ] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOBYPASSRLS NOINHERIT', wanted);
        END IF;
    END LOOP;
END
$$;

-- Whoever migrates may hand things over to these two.
GRANT mastersync_owner TO current_user;
GRANT mastersync_resolver TO current_user;

ALTER SCHEMA mastersync OWNER TO mastersync_owner;
GRANT USAGE ON SCHEMA mastersync
TO mastersync_pipeline, mastersync_resolver, mastersync_desk, mastersync_portal;

-- The client that a pipeline connection belongs to: from its login, which SQL cannot change.
CREATE FUNCTION mastersync.session_client() RETURNS text
LANGUAGE sql STABLE
RETURN CASE WHEN starts_with(session_user::text, 'ms_') THEN substr(session_user::text, 4) END;

-- The clients that a desk transaction has stated; none stated, none seen.
CREATE FUNCTION mastersync.stated_clients() RETURNS text[]
LANGUAGE sql STABLE
RETURN string_to_array(nullif(current_setting('mastersync.clients', TRUE), ''), ',');
