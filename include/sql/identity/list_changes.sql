-- name: identity/list_changes :many
-- The change feed, oldest first: of some customers or of all, from a place on.
-- column  change_id         bigint
-- column  kind              text
-- column  from_customer_id  text
-- column  to_customer_id    text
-- column  undoes            bigint
-- column  undone_by         bigint       the change that took this one back
-- column  author            text
-- column  reason            text
-- column  before            jsonb
-- column  ticket_id         bigint
-- column  changed_at        timestamptz
-- param  client_id     text
-- param  customer_ids  text[]   null: of all
-- param  after_id      bigint
-- param  max_changes   integer  null: all
-- index  identity_change_pkey, identity_change_client_id_undoes_key
SELECT
    change.change_id,
    change.kind,
    change.from_customer_id,
    change.to_customer_id,
    change.undoes,
    undo.change_id AS undone_by,
    change.author,
    change.reason,
    change.before,
    change.ticket_id,
    change.changed_at
FROM identity_change AS change
LEFT JOIN identity_change AS undo
    ON change.client_id = undo.client_id AND change.change_id = undo.undoes
WHERE
    change.client_id = %(client_id)s
    AND change.change_id > %(after_id)s
    AND (
        %(customer_ids)s IS NULL
        OR change.from_customer_id = ANY(%(customer_ids)s)
        OR change.to_customer_id = ANY(%(customer_ids)s)
    )
ORDER BY change.change_id
LIMIT %(max_changes)s;
