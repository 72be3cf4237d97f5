-- name: identity/create_customer :exec
-- Creates a customer on a person's word, with the search that it comes from and the
-- rules of the newest run; an id is used once.
-- param  client_id        text
-- param  customer_id      text
-- param  search_evidence  jsonb
-- param  author           text
-- param  now              timestamptz
-- index  customer_pkey
INSERT INTO customer (client_id, customer_id, search_evidence, created_by, created_at)
SELECT
    %(client_id)s,
    %(customer_id)s,
    %(search_evidence)s || jsonb_build_object('policy_version', run.policy_version),
    %(author)s,
    %(now)s
FROM run
WHERE run.client_id = %(client_id)s
ORDER BY run.opened_at DESC
LIMIT 1
ON CONFLICT (client_id, customer_id) DO NOTHING;
