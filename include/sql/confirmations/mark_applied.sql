-- name: confirmations/mark_applied :exec
-- Settles answered questions whose answer is in the golden record.
-- param  client_id     text
-- param  customer_ids  text[]
-- index  confirmation_request_answered
UPDATE confirmation_request
SET state = 'applied'
WHERE
    client_id = %(client_id)s
    AND state = 'answered'
    AND customer_id = ANY(%(customer_ids)s);
