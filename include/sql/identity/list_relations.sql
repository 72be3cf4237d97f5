-- name: identity/list_relations :many
-- Who is related to whom, by the decisions in force; of one customer or of all.
-- column  customer_id          text
-- column  relation             text
-- column  related_customer_id  text
-- column  decision_id          bigint
-- column  left_system          text
-- column  left_key             text
-- column  right_system         text
-- column  right_key            text
-- param  client_id    text
-- param  customer_id  text         null: of all
-- param  now          timestamptz
-- index  source_record_client_id_system_source_key_key, link_current
SELECT
    customer_id,
    relation,
    related_customer_id,
    decision_id,
    left_system,
    left_key,
    right_system,
    right_key
FROM customer_relation
WHERE
    client_id = %(client_id)s
    AND (expires_at IS NULL OR expires_at > %(now)s)
    AND (
        %(customer_id)s IS NULL
        OR customer_id = %(customer_id)s
        OR related_customer_id = %(customer_id)s
    )
ORDER BY decision_id;
