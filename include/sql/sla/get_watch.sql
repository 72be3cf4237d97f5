-- name: sla/get_watch :maybe
-- Up to when the client's clocks were read, and by which promises.
-- column  promises    text
-- column  watched_at  timestamptz
-- param  client_id  text
-- index  sla_watch_pkey
SELECT
    promises,
    watched_at
FROM sla_watch
WHERE client_id = %(client_id)s;
