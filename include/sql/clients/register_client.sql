-- name: clients/register_client :exec
-- Gives a client its row; run by the migrator as the tables' owner.
-- param  client_id  text
-- param  name       text
INSERT INTO mastersync.client (client_id, name)
VALUES (%(client_id)s, %(name)s)
ON CONFLICT (client_id) DO UPDATE SET name = excluded.name;
