-- name: sla/list_cases :many
-- What we were told of in these versions and answers, and how far it went. A version that says
-- nothing new, or only brings back what we wrote, tells us nothing and is no case. A version that
-- was superseded before it was applied was formed with the one that was.
-- column  case_id      text
-- column  request      text
-- column  version_id   bigint
-- column  record_id    bigint
-- column  customer_id  text         whose it is today; null: nobody's yet
-- column  owner_id     text         whose it was when it was formed
-- column  subject      text         the record, or the customer who answered
-- column  changed_at   timestamptz
-- column  seen_at      timestamptz
-- column  formed_at    timestamptz
-- column  planned_at   timestamptz  when all writes that it calls for were planned
-- column  run_id       text         the run that formed it
-- column  fields       jsonb        of the golden record that it was formed into, or its own
-- param  client_id    text
-- param  version_ids  bigint[]
-- param  answer_ids   bigint[]
-- param  fields       text[]
-- index  source_version_pkey, prepared_record_record, version_event_pkey, golden_version_pkey
WITH told AS (
    SELECT
        'version:' || version.version_id AS case_id,
        CASE
            WHEN version.deleted THEN 'closing'
            WHEN version.version_no = 1 THEN 'new_customer'
            WHEN EXISTS (
                SELECT 1
                FROM unnest(ARRAY[
                    'credit_limit', 'credit_currency', 'credit_rating', 'payment_terms'
                ]) AS field (name)
                WHERE
                    field.name = ANY(prepared.news)
                    AND (prepared.fields ->> field.name)
                    IS DISTINCT FROM (before.fields ->> field.name)
            ) THEN 'credit_change'
            ELSE 'change'
        END AS request,
        version.version_id,
        version.record_id,
        link.customer_id,
        record.system || ':' || record.source_key AS subject,
        least(version.modified_at, version.observed_at) AS changed_at,
        version.observed_at AS seen_at,
        settled.happened_at AS formed_at,
        settled.run_id,
        prepared.fields
    FROM source_version AS version
    INNER JOIN source_record AS record USING (client_id, record_id)
    LEFT JOIN prepared_record AS prepared USING (client_id, version_id)
    LEFT JOIN LATERAL (
        SELECT earlier.fields
        FROM prepared_record AS earlier
        WHERE
            earlier.client_id = version.client_id
            AND earlier.record_id = version.record_id
            AND earlier.version_id < version.version_id
        ORDER BY earlier.version_id DESC
        LIMIT 1
    ) AS before ON TRUE
    LEFT JOIN LATERAL (
        (
            SELECT present.customer_id
            FROM link AS present
            WHERE
                present.client_id = version.client_id
                AND present.record_id = version.record_id
                AND present.ended_at IS NULL
        )
        UNION ALL
        (
            SELECT past.customer_id
            FROM link AS past
            WHERE
                past.client_id = version.client_id
                AND past.record_id = version.record_id
                AND past.ended_at IS NOT NULL
            ORDER BY past.ended_at DESC, past.link_id DESC
            LIMIT 1
        )
        LIMIT 1
    ) AS link ON TRUE
    LEFT JOIN LATERAL (
        SELECT
            event.happened_at,
            event.run_id
        FROM version_event AS event
        WHERE
            event.client_id = version.client_id
            AND event.record_id = version.record_id
            AND event.version_id >= version.version_id
            AND event.state IN ('applied', 'unchanged')
        ORDER BY event.event_id
        LIMIT 1
    ) AS settled ON TRUE
    WHERE
        version.client_id = %(client_id)s
        AND version.version_id = ANY(%(version_ids)s)
        AND (version.deleted OR prepared.news IS DISTINCT FROM '{}')
        AND NOT EXISTS (
            SELECT 1
            FROM version_event AS event
            WHERE
                event.client_id = version.client_id
                AND event.record_id = version.record_id
                AND event.version_id = version.version_id
                AND event.state = 'unchanged'
        )
        -- What we made ourselves is not news when it is read.
        AND NOT (
            version.version_no = 1
            AND EXISTS (
                SELECT 1
                FROM effect
                WHERE
                    effect.client_id = version.client_id
                    AND effect.record_id = version.record_id
                    AND effect.kind = 'push'
                    AND effect.body ->> 'key' IS NULL
            )
        )
    UNION ALL
    SELECT
        'answer:' || answer.answer_id,
        'correction',
        NULL,
        NULL,
        answer.customer_id,
        answer.customer_id,
        answer.answered_at,
        answer.answered_at,
        formed.formed_at,
        formed.run_id,
        NULL
    FROM confirmation_answer AS answer
    LEFT JOIN LATERAL (
        SELECT
            golden.formed_at,
            golden.run_id
        FROM customers_within(
            answer.client_id, ARRAY[live_customer(answer.client_id, answer.customer_id)]
        ) AS own
        INNER JOIN golden_version AS golden
            ON answer.client_id = golden.client_id AND own.customer_id = golden.customer_id
        WHERE golden.formed_at > answer.answered_at
        ORDER BY golden.formed_at
        LIMIT 1
    ) AS formed ON TRUE
    WHERE
        answer.client_id = %(client_id)s
        AND answer.answer_id = ANY(%(answer_ids)s)
        AND answer.verdict = 'corrections'
),

owned AS (
    SELECT
        told.*,
        CASE
            WHEN customer.redirect_to IS NULL THEN told.customer_id
            ELSE live_customer(%(client_id)s, told.customer_id)
        END AS live_id
    FROM told
    LEFT JOIN customer
        ON customer.client_id = %(client_id)s AND told.customer_id = customer.customer_id
),

golden AS (
    SELECT
        own.live_id,
        version.customer_id,
        version.formed_at,
        version.fields,
        version.version_no
    FROM customers_within(
        %(client_id)s, ARRAY(SELECT DISTINCT live_id FROM owned WHERE live_id IS NOT NULL)
    ) AS own
    INNER JOIN golden_version AS version
        ON version.client_id = %(client_id)s AND own.customer_id = version.customer_id
)

SELECT DISTINCT ON (owned.case_id)
    owned.case_id,
    owned.request,
    owned.version_id,
    owned.record_id,
    owned.live_id AS customer_id,
    coalesce(golden.customer_id, owned.live_id) AS owner_id,
    owned.subject,
    owned.changed_at,
    owned.seen_at,
    owned.formed_at,
    run.planned_at,
    owned.run_id,
    (
        SELECT coalesce(jsonb_object_agg(field.key, field.value), '{}')
        FROM jsonb_each(coalesce(golden.fields, owned.fields, '{}')) AS field
        WHERE field.key = ANY(%(fields)s)
    ) AS fields
FROM owned
LEFT JOIN golden ON owned.live_id = golden.live_id AND owned.formed_at = golden.formed_at
LEFT JOIN run ON run.client_id = %(client_id)s AND owned.run_id = run.run_id
ORDER BY owned.case_id, golden.version_no;
