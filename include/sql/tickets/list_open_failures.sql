-- name: tickets/list_open_failures :many
-- The open tickets that the sweep may close: of tasks, runs and unreadable files.
-- param  client_id     text
-- column cause_key     text
-- column dag_id        text
-- column run_id        text
-- column task_id       text
-- column map_index     integer
-- index  ticket_open
SELECT
    cause_key,
    dag_id,
    run_id,
    task_id,
    map_index
FROM ticket
WHERE
    client_id = %(client_id)s
    AND state = 'open'
    AND (kind = 'task' OR starts_with(cause_key, 'import:'))
ORDER BY ticket_id;
