-- name: tickets/limit_waiting :one
-- For the rest of the transaction, rather fail than wait: whoever calls must not be held up.
-- param  patience  text  such as 2s
-- column patience  text
SELECT
    set_config('lock_timeout', %(patience)s, TRUE)
    || set_config('statement_timeout', %(patience)s, TRUE) AS patience;
