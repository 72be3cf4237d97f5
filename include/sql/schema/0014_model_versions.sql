-- Weights that people put in force: who, why and on what evidence, and the way back.
SET ROLE mastersync_owner;

ALTER TABLE mastersync.match_model
ADD COLUMN restores integer,
ADD COLUMN author text NOT NULL DEFAULT 'pipeline' CHECK (author <> ''),
ADD COLUMN reason text NOT NULL DEFAULT 'first load' CHECK (reason <> ''),
ADD COLUMN evidence jsonb NOT NULL DEFAULT '{}',
ADD CONSTRAINT match_model_counts_from_one CHECK (model_no > 0),
ADD CONSTRAINT match_model_restores_an_older_one CHECK (restores >= 0 AND restores < model_no);
-- What was learned before this was learned at a first load; from now on each version says.
ALTER TABLE mastersync.match_model
ALTER COLUMN author DROP DEFAULT,
ALTER COLUMN reason DROP DEFAULT,
ALTER COLUMN evidence DROP DEFAULT;
COMMENT ON COLUMN mastersync.match_model.restores IS
'The version whose weights these are again, 0 being the default ones; NULL when they were learned.';
COMMENT ON COLUMN mastersync.match_model.evidence IS
'What was seen when they were put in force, as counts: records, pairs, decisions, agreement.';

-- A person relearns weights at the desk.
GRANT INSERT ON mastersync.match_model TO mastersync_desk;

RESET ROLE;
