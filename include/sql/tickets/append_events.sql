-- name: tickets/append_events :exec
-- param  client_id  text
-- param  events     jsonb
-- param  actor      text
-- param  now        timestamptz
INSERT INTO ticket_event (client_id, ticket_id, event, actor, words, happened_at)
SELECT
    %(client_id)s,
    happened.ticket_id,
    happened.event,
    %(actor)s,
    happened.words,
    %(now)s
FROM jsonb_to_recordset(%(events)s) AS happened (ticket_id bigint, event text, words text);
