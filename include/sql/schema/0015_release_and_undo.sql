-- Why an effect is held, and what was rolled back and stays so.
SET ROLE mastersync_owner;

ALTER TABLE mastersync.effect
ADD COLUMN held_for text CHECK (
    held_for IN (
        'guard', -- its plan is over the client's limits
        'approval', -- its plan waits for a person's word
        'shadow', -- the client is only watched
        'person' -- somebody held this one
    )
),
-- A withdrawn one keeps why it was held, so that the withdrawal can be undone.
ADD CONSTRAINT effect_held_for_of_held CHECK (
    held_for IS NULL OR state IN ('held', 'cancelled')
);
COMMENT ON COLUMN mastersync.effect.held_for IS
'Why it is held; null while its plan is being made, and once it may go out.';
-- What was held before was held by a guard. Row security, which hides it from the owner too, is
-- lifted for that.
ALTER TABLE mastersync.effect NO FORCE ROW LEVEL SECURITY;
UPDATE mastersync.effect SET held_for = 'guard' WHERE state = 'held';
ALTER TABLE mastersync.effect FORCE ROW LEVEL SECURITY;

ALTER TABLE mastersync.run DROP CONSTRAINT run_state_check;
ALTER TABLE mastersync.run ADD CONSTRAINT run_state_check CHECK (
    state IN (
        'open', 'done', 'done_with_exceptions', 'stopped_by_guard', 'failed',
        'shadow' -- closed; what it derived is held and never leaves
    )
);

-- A write that was rolled back is not written again: the value stays away from that field of that
-- record until there is another one, or until the decision is withdrawn.
ALTER TABLE mastersync.decision DROP CONSTRAINT decision_kind_check;
ALTER TABLE mastersync.decision
ADD CONSTRAINT decision_kind_check CHECK (
    kind IN ('same', 'not_same', 'related', 'pin', 'release', 'rollback')
),
ADD CONSTRAINT decision_rollback_names_a_value CHECK (
    kind <> 'rollback' OR num_nonnulls(left_system, left_key, field, value) = 4
);
CREATE INDEX decision_rollback ON mastersync.decision (client_id, left_system, left_key)
WHERE kind = 'rollback';

-- Who is registered, so that a client whose folder is gone is still told of.
CREATE FUNCTION mastersync.registered_clients() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
SELECT client.client_id FROM mastersync.client ORDER BY client.client_id;
END;
REVOKE ALL ON FUNCTION mastersync.registered_clients() FROM public;
GRANT EXECUTE ON FUNCTION mastersync.registered_clients() TO mastersync_desk;

-- People hold, release and cancel at the desk.
GRANT UPDATE (held_for) ON mastersync.effect TO mastersync_desk;

RESET ROLE;
