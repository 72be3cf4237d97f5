-- name: confirmations/mark_applied :exec
-- Settles the questions whose answers are in the golden record.
-- param  client_id   text
-- param  answer_ids  bigint[]
-- index  confirmation_answer_pkey, confirmation_request_pkey
UPDATE confirmation_request AS request
SET state = 'applied'
FROM confirmation_answer AS answer
WHERE
    answer.client_id = %(client_id)s
    AND answer.answer_id = ANY(%(answer_ids)s)
    AND request.client_id = answer.client_id
    AND request.request_id = answer.request_id
    AND request.state = 'answered';
