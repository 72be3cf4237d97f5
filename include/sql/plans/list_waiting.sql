-- name: plans/list_waiting :many
-- The source records of a run that wait or are set aside, by the ticket or the order that says why.
-- column  state        text
-- column  waiting_for  text
-- column  why          text
-- column  records      bigint
-- column  examples     text[]  system:key, twenty at most
-- param  client_id  text
-- param  run_id     text
-- index  version_state_run, ticket_client_id_cause_key_key
SELECT
    version.state,
    coalesce(version.waiting_for, '') AS waiting_for,
    coalesce(
        ticket.title,
        CASE
            WHEN starts_with(version.cause, 'effect:') THEN 'A credit report is planned for it'
        END,
        ''
    ) AS why,
    count(*) AS records,
    (
        array_agg(
            record.system || ':' || record.source_key ORDER BY record.system, record.source_key
        )
    )[1:20] AS examples
FROM version_state AS version
INNER JOIN source_record AS record
    ON version.client_id = record.client_id AND version.record_id = record.record_id
LEFT JOIN ticket ON version.client_id = ticket.client_id AND version.cause = ticket.cause_key
WHERE
    version.client_id = %(client_id)s
    AND version.run_id = %(run_id)s
    AND version.state IN ('waiting', 'set_aside')
GROUP BY version.state, version.waiting_for, why
ORDER BY version.state DESC, waiting_for ASC, why ASC;
