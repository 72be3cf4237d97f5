-- name: credit_decisions/list_letters :many
-- The letters on a decision, in the order that they were written in.
-- column  letter_id    bigint
-- column  decision_id  bigint
-- column  kind         text
-- column  country      text
-- column  subject      text
-- column  body_text    text
-- column  body_html    text
-- column  due_by       date         null: no law names a day
-- column  author       text
-- column  written_at   timestamptz
-- param  client_id    text
-- param  decision_id  bigint
-- index  credit_letter_client_id_decision_id_kind_key
SELECT
    letter_id,
    decision_id,
    kind,
    country,
    subject,
    body_text,
    body_html,
    due_by,
    author,
    written_at
FROM credit_letter
WHERE client_id = %(client_id)s AND decision_id = %(decision_id)s
ORDER BY letter_id;
