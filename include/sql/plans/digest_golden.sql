-- name: plans/digest_golden :one
-- What stands for all golden records that a run formed: their customers and fields.
-- column  digest  text
-- param  client_id  text
-- param  run_id     text
-- index  golden_version_run
SELECT
    encode(
        sha256(
            convert_to(
                coalesce(
                    string_agg(
                        customer_id || encode(fingerprint, 'hex'), ',' ORDER BY customer_id
                    ),
                    ''
                ),
                'UTF8'
            )
        ),
        'hex'
    ) AS digest
FROM (
    SELECT DISTINCT ON (customer_id)
        customer_id,
        fingerprint
    FROM golden_version
    WHERE client_id = %(client_id)s AND run_id = %(run_id)s
    ORDER BY customer_id ASC, version_no DESC
) AS formed;
