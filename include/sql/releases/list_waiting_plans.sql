-- name: releases/list_waiting_plans :many
-- What runs have planned that waits for a person's word, the oldest first. What a person holds by
-- itself, and what is only watched, is no part of it.
-- column  run_id    text
-- column  held_for  text     approval or guard
-- column  pushes    bigint
-- column  mails     bigint
-- column  orders    bigint
-- column  cost      numeric  of the orders
-- column  currency  text     null when there are none
-- param  client_id  text
-- index  effect_unsettled
SELECT
    run_id,
    held_for,
    count(*) FILTER (WHERE kind = 'push') AS pushes,
    count(*) FILTER (WHERE kind = 'email') AS mails,
    count(*) FILTER (WHERE kind = 'credit_order') AS orders,
    sum(cost) AS cost,
    min(currency) AS currency
FROM effect
WHERE client_id = %(client_id)s AND state = 'held' AND held_for IN ('approval', 'guard')
GROUP BY run_id, held_for
ORDER BY min(planned_at), run_id, held_for;
