-- name: credit_decisions/keep_letter :exec
-- Keeps a letter on a decision; of each kind there is one, and the first stays.
-- param  client_id    text
-- param  decision_id  bigint
-- param  kind         text
-- param  country      text
-- param  subject      text
-- param  body_text    text
-- param  body_html    text
-- param  due_by       date         null: no law names a day
-- param  author       text
-- param  now          timestamptz
-- index  credit_letter_client_id_decision_id_kind_key
INSERT INTO credit_letter (
    client_id, decision_id, kind, country, subject, body_text, body_html, due_by, author,
    written_at
)
VALUES (
    %(client_id)s, %(decision_id)s, %(kind)s, %(country)s, %(subject)s, %(body_text)s,
    %(body_html)s, %(due_by)s::date, %(author)s, %(now)s
)
ON CONFLICT (client_id, decision_id, kind) DO NOTHING;
