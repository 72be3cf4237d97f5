-- name: identity/append_change :one
-- Tells the change feed who became whom. Changes of one client are told one after the other: a
-- number is seen by others only after all lower ones, so whoever follows the feed misses none.
-- column  change_id  bigint
-- param  client_id         text
-- param  kind              text
-- param  from_customer_id  text
-- param  to_customer_id    text
-- param  undoes            bigint
-- param  author            text
-- param  reason            text
-- param  before            jsonb
-- param  ticket_id         bigint
-- param  now               timestamptz
WITH alone AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended('identity:' || %(client_id)s, 0))
)

INSERT INTO identity_change (
    client_id, kind, from_customer_id, to_customer_id, undoes, author, reason, before, ticket_id,
    changed_at
)
SELECT
    %(client_id)s,
    %(kind)s,
    %(from_customer_id)s,
    %(to_customer_id)s,
    %(undoes)s,
    %(author)s,
    %(reason)s,
    %(before)s,
    %(ticket_id)s,
    %(now)s
FROM alone
RETURNING change_id;
