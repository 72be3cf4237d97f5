-- name: tickets/insert_tickets :many
-- Opens the tickets whose cause has none yet. Of two processes that raise one cause at once, the
-- second waits here for the first and then gets no row. In the order of causes: no deadlock.
-- param  client_id  text
-- param  drafts     jsonb
-- param  now        timestamptz
-- column cause_key  text
-- column ticket_id  bigint
-- index  ticket_client_id_cause_key_key
INSERT INTO ticket (
    client_id, cause_key, kind, title, cause, next_step, dag_id, run_id, task_id, map_index,
    try_number, log_url, detail, opened_at, last_seen_at
)
SELECT
    %(client_id)s,
    draft.cause_key,
    draft.kind,
    draft.title,
    draft.cause,
    draft.next_step,
    draft.dag_id,
    draft.run_id,
    draft.task_id,
    draft.map_index,
    draft.try_number,
    draft.log_url,
    draft.detail,
    %(now)s,
    coalesce(draft.failed_at, %(now)s) AS last_seen_at
FROM
    jsonb_to_recordset(%(drafts)s)
        AS draft (
            cause_key text,
            kind text,
            title text,
            cause text,
            next_step text,
            dag_id text,
            run_id text,
            task_id text, map_index integer, try_number integer, log_url text, detail jsonb,
            failed_at timestamptz
        )
ORDER BY draft.cause_key
ON CONFLICT (client_id, cause_key) DO NOTHING
RETURNING cause_key, ticket_id;
