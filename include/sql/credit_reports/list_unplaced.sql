-- name: credit_reports/list_unplaced :many
-- The orders for these customers that are planned and were never tried.
-- column  customer_id          text
-- column  effect_id            uuid
-- column  subject_type         text
-- column  registration_number  text
-- column  purpose              text
-- column  authority            text
-- column  budget               text
-- column  cost                 numeric
-- column  currency             text
-- column  basis                jsonb
-- column  is_held_by_person    boolean
-- param  client_id     text
-- param  customer_ids  text[]
-- index  effect_customer
SELECT
    customer_id,
    effect_id,
    subject_type,
    coalesce(body ->> 'registration_number', '') AS registration_number,
    purpose,
    authority,
    budget,
    cost,
    currency,
    coalesce(basis, '{}') AS basis,
    coalesce(state = 'held' AND held_for = 'person', FALSE) AS is_held_by_person
FROM effect
WHERE
    client_id = %(client_id)s
    AND customer_id = ANY(%(customer_ids)s)
    AND kind = 'credit_order'
    AND state IN ('held', 'ready')
    AND attempt_count = 0
ORDER BY customer_id, effect_id;
