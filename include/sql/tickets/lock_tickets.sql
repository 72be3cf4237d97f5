-- name: tickets/lock_tickets :many
-- The tickets of some causes, locked until the transaction ends: who judges one does so alone.
-- param  client_id     text
-- param  cause_keys    text[]
-- column ticket_id     bigint
-- column cause_key     text
-- column state         text
-- column run_id        text
-- column try_number    integer
-- column last_seen_at  timestamptz
-- column resolved_at   timestamptz
-- column words_from    integer
-- index  ticket_client_id_cause_key_key
SELECT
    ticket_id,
    cause_key,
    state,
    run_id,
    try_number,
    last_seen_at,
    resolved_at,
    (detail ->> 'words_from')::integer AS words_from
FROM ticket
WHERE client_id = %(client_id)s AND cause_key = any(%(cause_keys)s::text[])
ORDER BY cause_key
FOR UPDATE;
