-- name: clients/get_time :one
-- The store's own time.
-- column  now  timestamptz
SELECT clock_timestamp() AS now;
