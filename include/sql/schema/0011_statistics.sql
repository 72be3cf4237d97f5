-- A client's first load multiplies these tables within seconds, long before autovacuum looks; a
-- planner that believes them empty then walks the whole client for each record. Only owners may
-- ANALYZE, so the pipeline asks for it here, and gets nothing else.
CREATE FUNCTION mastersync.refresh_statistics() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    ANALYZE mastersync.source_record (client_id, system, source_key, record_id);
    ANALYZE mastersync.source_version (client_id, version_id, record_id);
    ANALYZE mastersync.record_head (client_id, record_id, version_id);
    ANALYZE mastersync.version_state (client_id, version_id, record_id, state, run_id);
    ANALYZE mastersync.prepared_record (client_id, version_id, record_id);
    ANALYZE mastersync.match_key (client_id, key, record_id);
    ANALYZE mastersync.link (client_id, record_id, customer_id, ended_at);
    ANALYZE mastersync.customer (client_id, customer_id);
END
$$;
ALTER FUNCTION mastersync.refresh_statistics() OWNER TO mastersync_owner;
REVOKE ALL ON FUNCTION mastersync.refresh_statistics() FROM public;
GRANT EXECUTE ON FUNCTION mastersync.refresh_statistics() TO mastersync_pipeline;
