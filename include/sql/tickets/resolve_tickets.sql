-- name: tickets/resolve_tickets :many
-- Resolves those of the tickets that are open; the others are left alone and not returned.
-- param  client_id   text
-- param  ticket_ids  bigint[]
-- param  actor       text
-- param  words       text
-- param  now         timestamptz
-- column ticket_id   bigint
UPDATE ticket
SET
    state = 'resolved',
    resolved_at = %(now)s,
    resolved_by = %(actor)s,
    resolution = %(words)s
WHERE
    client_id = %(client_id)s
    AND ticket_id = any(%(ticket_ids)s::bigint[])
    AND state = 'open'
RETURNING ticket_id;
