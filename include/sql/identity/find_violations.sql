-- name: identity/find_violations :many
-- Everything about who is who that does not hold together, in words with ids; none is all well.
-- column  words  text
-- param  client_id  text
-- param  now        timestamptz
-- index  customer_redirect, link_customer, identity_change_from, decision_withdrawal_pkey
WITH in_force AS (
    SELECT DISTINCT ON (
        least(left_system || ':' || left_key, right_system || ':' || right_key),
        greatest(left_system || ':' || left_key, right_system || ':' || right_key)
    )
        decision.*
    FROM decision
    WHERE
        client_id = %(client_id)s
        AND kind IN ('same', 'not_same', 'related')
        AND (expires_at IS NULL OR expires_at > %(now)s)
        AND NOT EXISTS (
            SELECT 1
            FROM decision_withdrawal AS withdrawal
            WHERE
                withdrawal.client_id = decision.client_id
                AND withdrawal.decision_id = decision.decision_id
        )
    ORDER BY
        least(left_system || ':' || left_key, right_system || ':' || right_key),
        greatest(left_system || ':' || left_key, right_system || ':' || right_key),
        decision_id DESC
),

home AS (
    SELECT
        record.system,
        record.source_key,
        link.customer_id
    FROM link
    INNER JOIN source_record AS record USING (client_id, record_id)
    WHERE link.client_id = %(client_id)s AND link.ended_at IS NULL
)

SELECT 'customer ' || customer_id || ' redirects, and the chain ends in no live customer' AS words
FROM customer
WHERE
    client_id = %(client_id)s
    AND redirect_to IS NOT NULL
    AND live_customer(client_id, customer_id) IS NULL
UNION ALL
SELECT 'record ' || link.record_id || ' is linked to ' || link.customer_id || ', which redirects'
FROM link
INNER JOIN customer USING (client_id, customer_id)
WHERE
    link.client_id = %(client_id)s
    AND link.ended_at IS NULL
    AND customer.redirect_to IS NOT NULL
UNION ALL
SELECT 'customer ' || customer.customer_id || ' redirects, and the change feed says nothing of it'
FROM customer
WHERE
    customer.client_id = %(client_id)s
    AND customer.redirect_to IS NOT NULL
    AND NOT EXISTS (
        SELECT 1
        FROM identity_change AS merge
        WHERE
            merge.client_id = customer.client_id
            AND merge.kind = 'merged'
            AND merge.from_customer_id = customer.customer_id
            AND merge.to_customer_id = customer.redirect_to
            AND NOT EXISTS (
                SELECT 1
                FROM identity_change AS undo
                WHERE undo.client_id = merge.client_id AND undo.undoes = merge.change_id
            )
    )
UNION ALL
SELECT
    'change ' || merge.change_id || ' merged ' || merge.from_customer_id
    || ', which does not redirect to ' || merge.to_customer_id
FROM identity_change AS merge
INNER JOIN customer
    ON
        merge.client_id = customer.client_id
        AND merge.from_customer_id = customer.customer_id
WHERE
    merge.client_id = %(client_id)s
    AND merge.kind = 'merged'
    AND customer.redirect_to IS DISTINCT FROM merge.to_customer_id
    AND NOT EXISTS (
        SELECT 1
        FROM identity_change AS undo
        WHERE undo.client_id = merge.client_id AND undo.undoes = merge.change_id
    )
UNION ALL
SELECT
    'decision ' || in_force.decision_id || ' says ' || in_force.kind || ', and the records are '
    || CASE
        WHEN one.customer_id = other.customer_id THEN 'together in ' || one.customer_id
        ELSE 'apart in ' || one.customer_id || ' and ' || other.customer_id
    END
FROM in_force
INNER JOIN home AS one
    ON in_force.left_system = one.system AND in_force.left_key = one.source_key
INNER JOIN home AS other
    ON in_force.right_system = other.system AND in_force.right_key = other.source_key
WHERE (in_force.kind = 'same') <> (one.customer_id = other.customer_id);
