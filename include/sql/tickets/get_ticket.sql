-- name: tickets/get_ticket :maybe
-- The ticket of this number, if it belongs to a client that the transaction may see.
-- param  ticket_id  bigint
SELECT
    ticket.client_id,
    ticket.ticket_id,
    ticket.cause_key,
    ticket.kind,
    ticket.state,
    ticket.title,
    ticket.cause,
    ticket.next_step,
    ticket.dag_id,
    ticket.run_id,
    ticket.task_id,
    ticket.map_index,
    ticket.try_number,
    ticket.log_url,
    ticket.detail,
    ticket.seen_count,
    ticket.opened_at,
    ticket.last_seen_at,
    ticket.resolved_at,
    ticket.resolved_by,
    ticket.resolution
FROM ticket
WHERE ticket.ticket_id = %(ticket_id)s;
