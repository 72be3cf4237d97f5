-- name: sla/list_stopped :many
-- The cases of which a clock became sure last: how fast things go lately.
-- column  case_id  text
-- param  client_id  text
-- param  most       integer
-- index  sla_clock_decided
SELECT DISTINCT last.case_id
FROM (
    SELECT case_id
    FROM sla_clock
    WHERE client_id = %(client_id)s AND decided_at IS NOT NULL
    ORDER BY decided_at DESC
    LIMIT %(most)s
) AS last
ORDER BY last.case_id;
