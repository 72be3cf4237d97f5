-- name: plans/list_identity :many
-- Who was merged, given back or split since a run was opened.
-- column  kind              text
-- column  from_customer_id  text
-- column  to_customer_id    text
-- column  author            text
-- column  reason            text
-- param  client_id  text
-- param  run_id     text
-- index  run_pkey
SELECT
    change.kind,
    change.from_customer_id,
    change.to_customer_id,
    change.author,
    change.reason
FROM run
INNER JOIN identity_change AS change
    ON run.client_id = change.client_id AND run.opened_at <= change.changed_at
WHERE run.client_id = %(client_id)s AND run.run_id = %(run_id)s
ORDER BY change.change_id;
