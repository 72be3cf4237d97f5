-- name: plans/list_formed :many
-- The golden records that a run formed, and those that its mails tell; of each the newest.
-- column  customer_id  text
-- column  fingerprint  text  what stands for its fields, in short
-- param  client_id  text
-- param  run_id     text
-- index  golden_version_run, effect_run, golden_version_pkey
SELECT DISTINCT ON (golden.customer_id)
    golden.customer_id,
    left(encode(golden.fingerprint, 'hex'), 16) AS fingerprint
FROM (
    SELECT customer_id FROM golden_version
    WHERE client_id = %(client_id)s AND run_id = %(run_id)s
    UNION
    SELECT customer_id FROM effect
    WHERE
        client_id = %(client_id)s
        AND run_id = %(run_id)s
        AND kind = 'email'
        AND state IN ('held', 'ready')
) AS told
INNER JOIN golden_version AS golden
    ON golden.client_id = %(client_id)s AND told.customer_id = golden.customer_id
ORDER BY golden.customer_id ASC, golden.version_no DESC;
