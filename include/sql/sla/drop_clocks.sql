-- name: sla/drop_clocks :exec
-- Drops clocks that these cases have no more, because they turned out to be no case or another
-- clause's.
-- param  client_id    text
-- param  case_ids     text[]
-- param  kept_cases   text[]
-- param  kept_clocks  text[]  beside each of them
-- index  sla_clock_pkey
DELETE FROM sla_clock AS old
WHERE
    old.client_id = %(client_id)s
    AND old.case_id = ANY(%(case_ids)s)
    AND NOT EXISTS (
        SELECT 1
        FROM unnest(%(kept_cases)s, %(kept_clocks)s) AS kept (case_id, clock)
        WHERE kept.case_id = old.case_id AND kept.clock = old.clock
    );
