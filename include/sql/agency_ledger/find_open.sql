-- name: agency_ledger/find_open :one
-- Whether anything is to be ordered or asked about at an agency.
-- column  is_due          boolean      an order may be placed now
-- column  oldest_unknown  timestamptz  first try of the oldest order of unknown outcome, or null
-- param  client_id  text
-- param  agency     text
-- param  now        timestamptz
-- index  effect_due, effect_unsettled, effect_attempt_pkey
SELECT
    coalesce(bool_or(effect.state = 'ready'), FALSE) AS is_due,
    min(attempt.started_at) FILTER (WHERE effect.state = 'unknown') AS oldest_unknown
FROM effect
LEFT JOIN effect_attempt AS attempt USING (client_id, effect_id)
WHERE
    effect.client_id = %(client_id)s
    AND effect.kind = 'credit_order'
    AND effect.target = %(agency)s
    AND (
        effect.state = 'unknown'
        OR (effect.state = 'ready' AND effect.not_before <= %(now)s)
    );
