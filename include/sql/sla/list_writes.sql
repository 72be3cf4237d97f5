-- name: sla/list_writes :many
-- The writes that cases called for: those of their customer that were open when the case was
-- formed or were planned with it. One that was withdrawn or refused is settled by the next one of
-- the same record that is done; without another one, when the record turned out to need none.
-- column  case_id       text
-- column  effect_id     uuid         the one that settled it, or that is still open
-- column  target        text
-- column  is_written    boolean      else nothing had to be written after all
-- column  settled_at    timestamptz  null: it is not done yet
-- column  read_back_at  timestamptz  when the record was read with what was written, or was found
--                                    to lack nothing
-- param  client_id   text
-- param  case_ids    text[]
-- param  owners      text[]         whose it was when it was formed
-- param  customers   text[]         whose it is today
-- param  formed_at   timestamptz[]
-- param  planned_at  timestamptz[]
-- index  effect_customer, effect_record, source_version_client_id_record_id_version_no_key
WITH own AS (
    SELECT
        formed.*,
        merged.changed_at AS merged_at
    FROM unnest(
        %(case_ids)s, %(owners)s, %(customers)s, %(formed_at)s, %(planned_at)s
    ) AS formed (case_id, owner_id, customer_id, formed_at, planned_at)
    LEFT JOIN LATERAL (
        SELECT min(change.changed_at) AS changed_at
        FROM identity_change AS change
        WHERE
            formed.owner_id <> formed.customer_id
            AND change.client_id = %(client_id)s
            AND change.from_customer_id = formed.owner_id
            AND change.changed_at >= formed.formed_at
    ) AS merged ON TRUE
),

called AS (
    SELECT
        own.case_id,
        effect.*
    FROM own
    INNER JOIN effect
        ON
            effect.client_id = %(client_id)s
            AND effect.customer_id IN (own.owner_id, own.customer_id)
            AND effect.kind = 'push'
            AND effect.planned_at <= own.planned_at
            AND (effect.settled_at IS NULL OR effect.settled_at >= own.formed_at)
            -- What followed a merge had not left before it.
            AND (
                effect.customer_id = own.owner_id
                OR effect.settled_at IS NULL
                OR effect.settled_at >= own.merged_at
            )
),

-- Kept apart, as what is put together of columns finds no index behind the wall of row security.
settled AS MATERIALIZED (
    SELECT
        called.case_id,
        coalesce(done.effect_id, called.effect_id) AS effect_id,
        coalesce(done.record_id, called.record_id) AS record_id,
        called.target,
        coalesce(done.after, called.after) AS after,
        called.state = 'done' OR done.effect_id IS NOT NULL AS is_written,
        CASE
            WHEN called.state = 'done' THEN called.settled_at
            WHEN done.effect_id IS NOT NULL THEN done.settled_at
            WHEN later.is_open THEN NULL
            WHEN called.state = 'cancelled' AND called.attempt_count = 0 THEN called.settled_at
            WHEN called.state IN ('cancelled', 'failed') THEN agreed.planned_at
        END AS settled_at
    FROM called
    LEFT JOIN LATERAL (
        SELECT
            other.effect_id,
            other.record_id,
            other.after,
            other.settled_at
        FROM effect AS other
        WHERE
            called.state <> 'done'
            AND other.client_id = %(client_id)s
            AND other.kind = 'push'
            AND other.state = 'done'
            AND other.customer_id IN (called.customer_id, live_customer(
                %(client_id)s, called.customer_id
            ))
            AND other.target = called.target
            AND (called.record_id IS NULL OR other.record_id = called.record_id)
            AND other.planned_at >= called.planned_at
        ORDER BY other.settled_at
        LIMIT 1
    ) AS done ON TRUE
    LEFT JOIN LATERAL (
        SELECT bool_or(other.state IN ('ready', 'held', 'inflight', 'unknown')) AS is_open
        FROM effect AS other
        WHERE
            called.state <> 'done'
            AND other.client_id = %(client_id)s
            AND other.kind = 'push'
            AND other.customer_id = called.customer_id
            AND other.target = called.target
            AND other.record_id IS NOT DISTINCT FROM called.record_id
            AND other.planned_at >= called.planned_at
    ) AS later ON TRUE
    LEFT JOIN LATERAL (
        SELECT min(run.planned_at) AS planned_at
        FROM run
        WHERE
            done.effect_id IS NULL
            AND called.state IN ('cancelled', 'failed')
            AND run.client_id = %(client_id)s
            AND run.planned_at > called.settled_at
            -- A refused one is planned anew only when its customer is formed anew.
            AND (
                called.state = 'cancelled'
                OR EXISTS (
                    SELECT 1
                    FROM golden_version AS golden
                    WHERE
                        golden.client_id = %(client_id)s
                        AND golden.customer_id = called.customer_id
                        AND golden.run_id = run.run_id
                )
            )
    ) AS agreed ON TRUE
)

SELECT
    settled.case_id,
    settled.effect_id,
    settled.target,
    settled.is_written,
    settled.settled_at,
    CASE
        WHEN settled.is_written THEN least(held.observed_at, lacking_nothing.planned_at)
        ELSE settled.settled_at
    END AS read_back_at
FROM settled
LEFT JOIN LATERAL (
    SELECT min(version.observed_at) AS observed_at
    FROM source_version AS version
    WHERE
        settled.is_written
        AND version.client_id = %(client_id)s
        AND version.record_id = settled.record_id
        AND version.observed_at > settled.settled_at
        AND NOT version.deleted
        AND holds(version.payload, settled.after)
) AS held ON TRUE
LEFT JOIN LATERAL (
    SELECT min(run.planned_at) AS planned_at
    FROM source_version AS version
    INNER JOIN version_event AS event
        ON
            version.client_id = event.client_id
            AND version.record_id = event.record_id
            AND version.version_id = event.version_id
            AND event.state = 'applied'
    INNER JOIN run ON event.client_id = run.client_id AND event.run_id = run.run_id
    WHERE
        settled.is_written
        AND held.observed_at IS NULL
        AND version.client_id = %(client_id)s
        AND version.record_id = settled.record_id
        AND version.observed_at > settled.settled_at
        AND NOT version.deleted
        AND NOT EXISTS (
            SELECT 1
            FROM effect AS more
            WHERE
                more.client_id = %(client_id)s
                AND more.record_id = settled.record_id
                AND more.kind = 'push'
                AND more.planned_at BETWEEN version.observed_at AND run.planned_at
        )
) AS lacking_nothing ON TRUE
ORDER BY settled.case_id, settled.settled_at, settled.target, settled.effect_id;
