-- name: tickets/count_open :many
-- How many tickets are open, by client and kind, of the clients that the transaction may see.
-- column client_id   text
-- column kind        text
-- column open_count  bigint
-- index  ticket_open
SELECT
    client_id,
    kind,
    count(*) AS open_count
FROM ticket
WHERE state = 'open'
GROUP BY client_id, kind
ORDER BY client_id, kind;
