-- name: clients/keep_credit_rules :exec
-- Makes the law's rules on credit checks those of this release; run by the migrator as the tables'
-- owner.
-- param  rows  jsonb
WITH rule AS (
    SELECT row.*
    FROM jsonb_to_recordset(%(rows)s) AS row (
        country text, subject_type text, purposes text[], on_record text[], of_bureaus text[],
        bureaus text[]
    )
),

dropped AS (
    DELETE FROM mastersync.credit_rule AS held
    WHERE NOT EXISTS (
        SELECT 1 FROM rule
        WHERE rule.country = held.country AND rule.subject_type = held.subject_type
    )
)

INSERT INTO mastersync.credit_rule (
    country, subject_type, purposes, on_record, of_bureaus, bureaus
)
SELECT
    country,
    subject_type,
    purposes,
    on_record,
    of_bureaus,
    bureaus
FROM rule
ON CONFLICT (country, subject_type) DO UPDATE SET
    purposes = excluded.purposes,
    on_record = excluded.on_record,
    of_bureaus = excluded.of_bureaus,
    bureaus = excluded.bureaus;
