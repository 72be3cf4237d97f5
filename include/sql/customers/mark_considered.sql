-- name: customers/mark_considered :exec
-- Notes that the golden records of these customers were formed from all facts there are, and when
-- time alone will change them next.
-- param  client_id     text
-- param  customer_ids  text[]
-- param  due_at        timestamptz[]  beside each customer; null: never
-- param  now           timestamptz
-- index  golden_considered_pkey
INSERT INTO golden_considered (client_id, customer_id, considered_at, due_at)
SELECT
    %(client_id)s,
    considered.customer_id,
    %(now)s,
    considered.due_at
FROM unnest(%(customer_ids)s, %(due_at)s) AS considered (customer_id, due_at)
ON CONFLICT (client_id, customer_id) DO UPDATE
SET considered_at = excluded.considered_at, due_at = excluded.due_at;
