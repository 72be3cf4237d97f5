-- name: plans/list_formed :many
-- The golden records that a run formed; of one formed more than once, the last forming.
-- column  customer_id  text
-- column  fingerprint  text  what stands for its fields, in short
-- param  client_id  text
-- param  run_id     text
-- index  golden_version_run
SELECT DISTINCT ON (customer_id)
    customer_id,
    left(encode(fingerprint, 'hex'), 16) AS fingerprint
FROM golden_version
WHERE client_id = %(client_id)s AND run_id = %(run_id)s
ORDER BY customer_id ASC, version_no DESC;
