-- name: clients/list_registered :many
-- Every client that was ever registered, our own house left out; for the desk.
-- column  client_id  text
SELECT registered.client_id
FROM registered_clients() AS registered (client_id)
WHERE registered.client_id <> '_platform'
ORDER BY registered.client_id;
