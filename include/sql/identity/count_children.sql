-- name: identity/count_children :one
-- What hangs on customers and is reached through their redirects: it stays where it was written.
-- column  credit_reports  bigint
-- column  answers         bigint
-- column  requests        bigint
-- column  pins            bigint
-- column  effects         bigint  that were tried, settled or withdrawn
-- param  client_id     text
-- param  customer_ids  text[]
-- index  credit_report_customer, confirmation_request_customer, decision_customer, effect_customer
SELECT
    (
        SELECT count(*) FROM credit_report
        WHERE client_id = %(client_id)s AND customer_id = ANY(%(customer_ids)s)
    ) AS credit_reports,
    (
        SELECT count(*) FROM confirmation_answer
        WHERE client_id = %(client_id)s AND customer_id = ANY(%(customer_ids)s)
    ) AS answers,
    (
        SELECT count(*) FROM confirmation_request
        WHERE client_id = %(client_id)s AND customer_id = ANY(%(customer_ids)s)
    ) AS requests,
    (
        SELECT count(*) FROM decision
        WHERE
            client_id = %(client_id)s AND kind = 'pin' AND customer_id = ANY(%(customer_ids)s)
    ) AS pins,
    (
        SELECT count(*) FROM effect
        WHERE client_id = %(client_id)s AND customer_id = ANY(%(customer_ids)s)
    ) AS effects;
