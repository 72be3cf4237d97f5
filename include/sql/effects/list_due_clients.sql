-- name: effects/list_due_clients :many
-- The clients, among those stated, with something to deliver, to take over or to settle.
-- column  client_id  text
-- param  clients  text[]
-- param  now      timestamptz
-- index  effect_due, effect_unsettled, target_pace_pkey
SELECT client.client_id
FROM client
WHERE
    client.client_id = any(%(clients)s)
    AND (
        EXISTS (
            SELECT 1
            FROM effect
            WHERE
                effect.client_id = client.client_id
                AND effect.state = 'ready'
                AND effect.not_before <= %(now)s
                AND NOT EXISTS (
                    SELECT 1
                    FROM target_pace AS pace
                    WHERE
                        pace.client_id = effect.client_id
                        AND pace.target = effect.target
                        AND pace.rests_until > %(now)s
                        AND pace.rests_until < %(now)s + interval '2 days'
                )
        )
        OR EXISTS (
            SELECT 1
            FROM effect
            WHERE
                effect.client_id = client.client_id
                AND effect.state = 'inflight'
                AND (
                    effect.lease_until <= %(now)s
                    OR effect.lease_until > %(now)s + interval '1 day'
                )
        )
        OR EXISTS (
            SELECT 1
            FROM effect
            WHERE
                effect.client_id = client.client_id
                AND effect.state = 'unknown'
                AND effect.kind = 'email'
        )
    )
ORDER BY client.client_id;
