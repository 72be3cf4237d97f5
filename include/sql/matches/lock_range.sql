-- name: matches/lock_range :exec
-- Holds the pending versions of a range: no other worker is at the same ones. What is read of them
-- is read afterwards, when whoever held them before has ended.
-- param  client_id         text
-- param  first_version_id  bigint
-- param  last_version_id   bigint
-- index  version_state_open
SELECT count(*)
FROM (
    SELECT 1
    FROM version_state
    WHERE
        client_id = %(client_id)s
        AND state = 'pending'
        AND version_id BETWEEN %(first_version_id)s AND %(last_version_id)s
    ORDER BY version_id
    FOR UPDATE
) AS held;
