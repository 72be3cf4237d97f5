-- name: sla/list_words :many
-- What was said on the customers of cases, each the first since the case: the credit decision, the
-- confirmation mail that was accepted, the answer.
-- column  case_id    text
-- column  milestone  text         decided, asked, confirmed
-- column  at         timestamptz
-- column  evidence   text
-- param  client_id  text
-- param  case_ids   text[]
-- param  owners     text[]
-- param  customers  text[]
-- param  seen_at    timestamptz[]
-- param  formed_at  timestamptz[]  null: not yet, so nobody was asked
-- index  effect_customer, confirmation_request_customer, credit_decision_customer
SELECT
    told.case_id,
    word.milestone,
    word.at,
    word.evidence
FROM unnest(
    %(case_ids)s, %(owners)s, %(customers)s, %(seen_at)s, %(formed_at)s
) AS told (case_id, owner_id, customer_id, seen_at, formed_at)
CROSS JOIN LATERAL (
    (
        SELECT
            'decided' AS milestone,
            decision.decided_at AS at,
            'decision ' || decision.decision_id AS evidence
        FROM credit_decision AS decision
        WHERE
            decision.client_id = %(client_id)s
            AND decision.customer_id IN (told.owner_id, told.customer_id)
            AND decision.decided_at >= told.seen_at
        ORDER BY decision.decided_at
        LIMIT 1
    )
    UNION ALL
    -- Without terms of the client's own to decide by, the report says it all.
    (
        SELECT
            'decided',
            report.ordered_at,
            'report ' || report.report_id
        FROM credit_report AS report
        WHERE
            report.client_id = %(client_id)s
            AND report.customer_id IN (told.owner_id, told.customer_id)
            AND report.ordered_at >= told.seen_at
            AND NOT EXISTS (
                SELECT 1
                FROM credit_recommendation AS recommendation
                WHERE
                    recommendation.client_id = %(client_id)s
                    AND recommendation.customer_id IN (told.owner_id, told.customer_id)
            )
        ORDER BY report.ordered_at
        LIMIT 1
    )
    UNION ALL
    (
        SELECT
            'asked',
            mail.settled_at,
            'mail ' || mail.effect_id
        FROM effect AS mail
        WHERE
            mail.client_id = %(client_id)s
            AND mail.customer_id IN (told.owner_id, told.customer_id)
            AND mail.kind = 'email'
            AND mail.state = 'done'
            AND mail.planned_at >= told.formed_at
        ORDER BY mail.settled_at
        LIMIT 1
    )
    UNION ALL
    (
        SELECT
            'confirmed',
            answer.answered_at,
            'answer ' || answer.answer_id
        FROM confirmation_request AS request
        INNER JOIN confirmation_answer AS answer USING (client_id, request_id)
        WHERE
            request.client_id = %(client_id)s
            AND request.customer_id IN (told.owner_id, told.customer_id)
            AND request.created_at >= told.formed_at
            AND answer.verdict <> 'wrong_person'
        ORDER BY answer.answered_at
        LIMIT 1
    )
) AS word
ORDER BY told.case_id, word.at;
