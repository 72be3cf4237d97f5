-- What matching looks up of each known record, in as few pages as it takes.
--
-- A kept pair is derived, as the keys are that brought it: it names records that were read under
-- the client's own row security a moment before, and records are never deleted. To look both up
-- again, and to lock their rows, was a fifteenth of what matching a record costs PostgreSQL.
SET ROLE mastersync_owner;

ALTER TABLE mastersync.match_candidate
DROP CONSTRAINT match_candidate_client_id_left_record_id_fkey,
DROP CONSTRAINT match_candidate_client_id_right_record_id_fkey;

-- Known records are looked for all over a client: of their entries only the version is wanted, of
-- their links only the customer, and both are read out of the index.
ALTER TABLE mastersync.match_entry
DROP CONSTRAINT match_entry_pkey,
ADD PRIMARY KEY (client_id, record_id) INCLUDE (version_id);

DROP INDEX mastersync.link_current;
CREATE UNIQUE INDEX link_current ON mastersync.link (client_id, record_id)
INCLUDE (customer_id) WHERE ended_at IS NULL;

RESET ROLE;
