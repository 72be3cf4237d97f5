-- A large plan fills the table of effects within minutes, and is all of it that its transactions
-- see: without statistics of its own the planner takes it for empty, and each chunk of customers
-- reads the whole plan so far.
SET ROLE mastersync_owner;

CREATE FUNCTION mastersync.refresh_effect_statistics() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET client_min_messages = error AS $$
BEGIN
    ANALYZE (SKIP_LOCKED) mastersync.effect
        (client_id, effect_id, idempotency_key, run_id, customer_id, record_id, kind, target,
        state, held_for, attempt_count);
END
$$;
REVOKE ALL ON FUNCTION mastersync.refresh_effect_statistics() FROM public;
GRANT EXECUTE ON FUNCTION mastersync.refresh_effect_statistics() TO mastersync_pipeline;

RESET ROLE;
