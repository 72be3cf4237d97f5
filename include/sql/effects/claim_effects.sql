-- name: effects/claim_effects :many
-- Claims the oldest due effects for one worker and writes their attempt ahead of the deed.
-- SKIP LOCKED: two workers never take the same one; the lease frees them if this one dies. Two
-- writes of one record are never under way at once, since the older could arrive last: a write
-- waits for one that is under way and for each older one that may go out, even if put off.
-- column  effect_id        uuid
-- column  kind             text
-- column  target           text
-- column  idempotency_key  text
-- column  customer_id      text
-- column  record_id        bigint
-- column  body             jsonb
-- column  after            jsonb
-- column  fence            bigint
-- column  lease_until      timestamptz
-- column  attempt_count    integer
-- column  doubts           bigint   earlier attempts of unknown outcome
-- column  others_went      boolean  the target took others since this was first tried
-- column  subject_type     text     null, as all that follows: no credit order
-- column  purpose          text
-- column  authority        text
-- column  budget           text
-- column  cost             numeric
-- column  currency         text
-- column  basis            jsonb
-- param  client_id    text
-- param  kind         text
-- param  target       text
-- param  size         integer
-- param  lease_until  timestamptz
-- param  now          timestamptz
-- index  effect_due, effect_record, target_pace_pkey
WITH due AS (
    SELECT effect_id
    FROM effect
    WHERE
        client_id = %(client_id)s
        AND kind = %(kind)s
        AND target = %(target)s
        AND state = 'ready'
        AND not_before <= %(now)s
        AND NOT EXISTS (
            SELECT 1
            FROM target_pace AS pace
            WHERE
                pace.client_id = %(client_id)s
                AND pace.target = %(target)s
                -- Longer than it is ever let rest for: the clock went back.
                AND pace.rests_until > %(now)s
                AND pace.rests_until < %(now)s + interval '2 days'
        )
        AND NOT EXISTS (
            SELECT 1
            FROM effect AS other
            WHERE
                other.client_id = %(client_id)s
                AND other.record_id = effect.record_id
                AND other.kind = 'push'
                AND (
                    other.state = 'inflight'
                    OR (
                        other.state = 'ready'
                        AND (other.planned_at, other.effect_id)
                        < (effect.planned_at, effect.effect_id)
                    )
                )
        )
    ORDER BY not_before, effect_id
    LIMIT %(size)s
    FOR UPDATE OF effect SKIP LOCKED
),

claimed AS (
    UPDATE effect
    SET
        state = 'inflight',
        fence = nextval('mastersync.effect_fence'),
        lease_until = %(lease_until)s,
        attempt_count = effect.attempt_count + 1
    FROM due
    WHERE effect.client_id = %(client_id)s AND effect.effect_id = due.effect_id
    RETURNING effect.*
),

attempted AS (
    INSERT INTO effect_attempt (client_id, effect_id, fence, started_at)
    SELECT
        client_id,
        effect_id,
        fence,
        %(now)s
    FROM claimed
)

SELECT
    effect_id,
    kind,
    target,
    idempotency_key,
    customer_id,
    record_id,
    body,
    after,
    fence,
    lease_until,
    attempt_count,
    (
        SELECT count(*)
        FROM effect_attempt AS attempt
        WHERE
            claimed.attempt_count > 1
            AND attempt.client_id = claimed.client_id
            AND attempt.effect_id = claimed.effect_id
            AND attempt.outcome IN ('unknown', 'lost')
    ) AS doubts,
    claimed.attempt_count > 1 AND EXISTS (
        SELECT 1
        FROM target_pace AS pace
        WHERE
            pace.client_id = claimed.client_id
            AND pace.target = claimed.target
            AND pace.succeeded_at > (
                SELECT min(attempt.started_at)
                FROM effect_attempt AS attempt
                WHERE
                    attempt.client_id = claimed.client_id
                    AND attempt.effect_id = claimed.effect_id
            )
    ) AS others_went,
    subject_type,
    purpose,
    authority,
    budget,
    cost,
    currency,
    basis
FROM claimed
ORDER BY effect_id;
