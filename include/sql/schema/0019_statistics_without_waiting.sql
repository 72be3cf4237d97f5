-- A rehearsal asks for statistics, too, and holds what ANALYZE locks until its end. Who asks
-- meanwhile, for another client perhaps, goes on with the statistics there are.
SET ROLE mastersync_owner;

CREATE OR REPLACE FUNCTION mastersync.refresh_statistics() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET client_min_messages = error AS $$
BEGIN
    ANALYZE (SKIP_LOCKED) mastersync.source_record (client_id, system, source_key, record_id);
    ANALYZE (SKIP_LOCKED) mastersync.source_version (client_id, version_id, record_id);
    ANALYZE (SKIP_LOCKED) mastersync.record_head (client_id, record_id, version_id);
    ANALYZE (SKIP_LOCKED) mastersync.version_state
        (client_id, version_id, record_id, state, run_id);
    ANALYZE (SKIP_LOCKED) mastersync.prepared_record (client_id, version_id, record_id);
    ANALYZE (SKIP_LOCKED) mastersync.match_entry (client_id, record_id);
    ANALYZE (SKIP_LOCKED) mastersync.match_key (client_id, key, record_id);
    ANALYZE (SKIP_LOCKED) mastersync.match_term (client_id, term);
    ANALYZE (SKIP_LOCKED) mastersync.match_contact (client_id, contact, name);
    ANALYZE (SKIP_LOCKED) mastersync.match_candidate (client_id, left_record_id, right_record_id);
    ANALYZE (SKIP_LOCKED) mastersync.link (client_id, record_id, customer_id, ended_at);
    ANALYZE (SKIP_LOCKED) mastersync.customer (client_id, customer_id);
END
$$;

RESET ROLE;
