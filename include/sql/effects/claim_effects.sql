-- name: effects/claim_effects :many
-- Claims the oldest due effects for one worker and writes their attempt ahead of the deed.
-- SKIP LOCKED: two workers never take the same one; the lease frees them if this one dies.
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
-- param  client_id    text
-- param  kind         text
-- param  target       text
-- param  size         integer
-- param  lease_until  timestamptz
-- param  now          timestamptz
-- index  effect_due
WITH due AS (
    SELECT effect_id
    FROM effect
    WHERE
        client_id = %(client_id)s
        AND kind = %(kind)s
        AND target = %(target)s
        AND state = 'ready'
        AND not_before <= %(now)s
    ORDER BY not_before, effect_id
    LIMIT %(size)s
    FOR UPDATE SKIP LOCKED
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
    attempt_count
FROM claimed
ORDER BY effect_id;
