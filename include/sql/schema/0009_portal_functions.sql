-- The portal has no right on any table. It gets its client only from a link's token, through
-- these functions, which run as mastersync_resolver with just the columns they need.
CREATE FUNCTION mastersync.open_confirmation(token_hash bytea)
RETURNS TABLE (
    client_name text, language text, shown jsonb, state text,
    expires_at timestamptz, answered_at timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
SELECT
    request.client_name,
    request.language,
    request.shown,
    request.state,
    request.expires_at,
    request.answered_at
FROM mastersync.confirmation_request AS request
WHERE request.token_hash = open_confirmation.token_hash;
END;

-- Records an answer once; returns whether this call was the one.
CREATE FUNCTION mastersync.answer_confirmation(
    token_hash bytea, verdict text, corrections jsonb, answered_at timestamptz
) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
WITH won AS (
    UPDATE mastersync.confirmation_request AS request
    SET state = 'answered', answered_at = answer_confirmation.answered_at
    WHERE
        request.token_hash = answer_confirmation.token_hash
        AND request.state = 'planned'
        AND request.expires_at > answer_confirmation.answered_at
    RETURNING request.client_id, request.request_id, request.customer_id
),

recorded AS (
    INSERT INTO mastersync.confirmation_answer (
        client_id, request_id, customer_id, verdict, corrections, answered_at
    )
    SELECT
        won.client_id,
        won.request_id,
        won.customer_id,
        answer_confirmation.verdict,
        answer_confirmation.corrections,
        answer_confirmation.answered_at
    FROM won
    RETURNING 1
)

SELECT exists(SELECT 1 FROM recorded);
END;

-- Takes in a carrier's event once; an effect that nobody knows is ignored. Returns whether new.
CREATE FUNCTION mastersync.record_mail_event(
    effect_id uuid, event_id text, event text, reason text, occurred_at timestamptz
) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
WITH recorded AS (
    INSERT INTO mastersync.mail_event (
        client_id, event_id, effect_id, event, reason, occurred_at
    )
    SELECT
        effect.client_id,
        record_mail_event.event_id,
        effect.effect_id,
        record_mail_event.event,
        record_mail_event.reason,
        record_mail_event.occurred_at
    FROM mastersync.effect
    WHERE effect.effect_id = record_mail_event.effect_id AND effect.kind = 'email'
    ON CONFLICT DO NOTHING
    RETURNING 1
)

SELECT exists(SELECT 1 FROM recorded);
END;
CREATE INDEX effect_email ON mastersync.effect (effect_id) WHERE kind = 'email';
