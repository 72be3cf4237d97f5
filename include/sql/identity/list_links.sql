-- name: identity/list_links :many
-- All links of a customer, also ended ones, oldest first, with what made them.
-- column  link_id       bigint
-- column  record_id     bigint
-- column  system        text
-- column  source_key    text
-- column  customer_id   text
-- column  linked_at     timestamptz
-- column  is_current    boolean
-- column  matched_with  bigint[]     the records whose likeness made the link
-- column  made_for      text         the customer for whom we created the record ourselves
-- param  client_id    text
-- param  customer_id  text
-- index  link_customer, link_ended_customer, effect_record
SELECT
    link.link_id,
    link.record_id,
    record.system,
    record.source_key,
    link.customer_id,
    link.linked_at,
    link.ended_at IS NULL AS is_current,
    ARRAY(
        SELECT matched.record_id::bigint
        FROM jsonb_array_elements_text(
            coalesce(link.evidence -> 'with_records', '[]')
        ) AS matched (record_id)
    ) AS matched_with,
    (
        SELECT effect.customer_id
        FROM effect
        WHERE
            effect.client_id = link.client_id
            AND effect.record_id = link.record_id
            AND effect.kind = 'push'
            AND effect.body ->> 'key' IS NULL
            AND effect.state = 'done'
        ORDER BY effect.planned_at
        LIMIT 1
    ) AS made_for
FROM (
    SELECT current_one.*
    FROM link AS current_one
    WHERE
        current_one.client_id = %(client_id)s
        AND current_one.customer_id = %(customer_id)s
        AND current_one.ended_at IS NULL
    UNION ALL
    SELECT ended_one.*
    FROM link AS ended_one
    WHERE
        ended_one.client_id = %(client_id)s
        AND ended_one.customer_id = %(customer_id)s
        AND ended_one.ended_at IS NOT NULL
) AS link
INNER JOIN source_record AS record USING (client_id, record_id)
ORDER BY link.link_id;
