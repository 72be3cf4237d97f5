-- name: releases/count_held :many
-- Why effects of a run are held, and how many.
-- column  held_for  text
-- column  count     bigint
-- param  client_id  text
-- param  run_id     text
-- index  effect_run
SELECT
    held_for,
    count(*) AS count
FROM effect
WHERE
    client_id = %(client_id)s
    AND run_id = %(run_id)s
    AND state = 'held'
    AND held_for IS NOT NULL
GROUP BY held_for
ORDER BY held_for;
