-- name: releases/count_waiting :one
-- How many effects of a client are neither done nor given up.
-- column  count  bigint
-- param  client_id  text
-- index  effect_due, effect_unsettled
SELECT count(*)
FROM effect
WHERE client_id = %(client_id)s AND state IN ('ready', 'held', 'inflight', 'unknown');
