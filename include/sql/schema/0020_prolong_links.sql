-- Who lets a mail go at the desk prolongs its link by the time that it was held.
SET ROLE mastersync_owner;

GRANT UPDATE (expires_at) ON mastersync.confirmation_request TO mastersync_desk;

RESET ROLE;
