-- name: tickets/refresh_tickets :exec
-- Writes what is newly known of tickets already locked: open again, seen once more, better words.
-- param  client_id  text
-- param  drafts     jsonb        with the recurrence of each
-- param  now        timestamptz
-- index  ticket_client_id_cause_key_key
UPDATE ticket
SET
    state = CASE WHEN draft.recurrence = 'explained' THEN ticket.state ELSE 'open' END,
    title = draft.title,
    cause = draft.cause,
    next_step = draft.next_step,
    run_id = draft.run_id,
    try_number = draft.try_number,
    log_url = draft.log_url,
    detail = ticket.detail || draft.detail,
    seen_count = ticket.seen_count + (draft.recurrence <> 'explained')::integer,
    last_seen_at = CASE
        WHEN draft.recurrence = 'explained' THEN ticket.last_seen_at
        ELSE greatest(ticket.last_seen_at, coalesce(draft.failed_at, %(now)s))
    END,
    resolved_at = CASE WHEN draft.recurrence = 'explained' THEN ticket.resolved_at END,
    resolved_by = CASE WHEN draft.recurrence = 'explained' THEN ticket.resolved_by END,
    resolution = CASE WHEN draft.recurrence = 'explained' THEN ticket.resolution END
FROM
    jsonb_to_recordset(%(drafts)s)
        AS draft (
            cause_key text, recurrence text, title text, cause text, next_step text, run_id text,
            try_number integer, log_url text, detail jsonb, failed_at timestamptz
        )
WHERE ticket.client_id = %(client_id)s AND ticket.cause_key = draft.cause_key;
