-- name: releases/cancel_plan :many
-- Withdraws the held effects of a run, on a person's word. What a person holds stays held.
-- column  effect_id  uuid
-- param  client_id  text
-- param  run_id     text
-- param  why        text
-- param  now        timestamptz
-- index  effect_run
UPDATE effect
SET state = 'cancelled', problem = %(why)s, settled_at = %(now)s
WHERE
    client_id = %(client_id)s
    AND run_id = %(run_id)s
    AND state = 'held'
    AND held_for IS DISTINCT FROM 'person'
RETURNING effect_id;
