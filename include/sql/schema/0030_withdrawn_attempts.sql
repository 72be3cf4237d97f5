-- A try that ended before anything was sent, because what let it be planned held no more: nobody
-- outside was asked, so no clock stands still for it.
SET ROLE mastersync_owner;

ALTER TABLE mastersync.effect_attempt
DROP CONSTRAINT effect_attempt_outcome_check,
ADD CONSTRAINT effect_attempt_outcome_check
CHECK (outcome IN ('done', 'failed', 'retry', 'unknown', 'lost', 'withdrawn'));

RESET ROLE;
