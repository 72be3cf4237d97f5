-- name: sla/list_stopped :many
-- The cases of which a clock became sure last, some of each clock: how fast things go lately.
-- column  case_id  text
-- param  client_id  text
-- param  most       integer  of each clock
-- param  among      integer  how many are looked at
-- index  sla_clock_decided
SELECT DISTINCT ranked.case_id
FROM (
    SELECT
        last.case_id,
        row_number() OVER (PARTITION BY last.clock ORDER BY last.decided_at DESC) AS place
    FROM (
        SELECT
            case_id,
            clock,
            decided_at
        FROM sla_clock
        WHERE client_id = %(client_id)s AND decided_at IS NOT NULL
        ORDER BY decided_at DESC
        LIMIT %(among)s
    ) AS last
) AS ranked
WHERE ranked.place <= %(most)s
ORDER BY ranked.case_id;
