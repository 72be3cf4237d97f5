-- name: effects/list_tried :many
-- Every effect that was claimed at least once, for holding it against what the outside saw.
-- column  effect_id      uuid
-- column  kind           text
-- column  target         text
-- column  customer_id    text
-- column  record_key     text
-- column  is_creation    boolean
-- column  state          text
-- column  attempt_count  integer
-- column  resend_count   bigint   how often a person sent it again
-- column  after          jsonb
-- column  planned_at     timestamptz
-- param  client_id  text
-- index  effect_pkey
SELECT
    effect.effect_id,
    effect.kind,
    effect.target,
    effect.customer_id,
    record.source_key AS record_key,
    effect.kind = 'push' AND effect.body ->> 'key' IS NULL AS is_creation,
    effect.state,
    effect.attempt_count,
    (
        SELECT count(*)
        FROM audit_entry AS entry
        WHERE
            entry.client_id = effect.client_id
            AND entry.action = 'effect.resent'
            AND entry.summary ->> 'effect_id' = effect.effect_id::text
    ) AS resend_count,
    effect.after,
    effect.planned_at
FROM effect
LEFT JOIN source_record AS record USING (client_id, record_id)
WHERE effect.client_id = %(client_id)s AND effect.attempt_count > 0
ORDER BY effect.effect_id;
