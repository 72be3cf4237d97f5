-- Decisions that end, and who is who: merges as redirects, with a feed that can be undone.
SET ROLE mastersync_owner;

ALTER TABLE mastersync.decision
ADD COLUMN relation text CHECK (
    relation IN (
        'branch', -- left is a site of right: same legal entity, another place
        'group', -- left belongs to right, its parent
        'household', -- two persons under one roof
        'broker', -- left acts for right: accountant, agent, registered office
        'other'
    )
),
ADD CHECK (relation IS NULL OR kind = 'related');
-- What was decided before stays as it is.
ALTER TABLE mastersync.decision
ADD CONSTRAINT decision_names_relation
CHECK (kind <> 'related' OR relation IS NOT NULL) NOT VALID,
ADD CONSTRAINT decision_names_two_records
CHECK ((left_system, left_key) <> (right_system, right_key)) NOT VALID,
ADD CONSTRAINT decision_ends_later
CHECK (expires_at > decided_at) NOT VALID;

CREATE TABLE mastersync.decision_withdrawal (
    client_id text NOT NULL,
    decision_id bigint NOT NULL,
    author text NOT NULL CHECK (author <> ''),
    reason text NOT NULL CHECK (reason <> ''),
    withdrawn_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, decision_id),
    FOREIGN KEY (client_id, decision_id) REFERENCES mastersync.decision
);
COMMENT ON TABLE mastersync.decision_withdrawal IS
'That a decision no longer holds, who says so and why; the decision itself stays a fact.';

CREATE TABLE mastersync.identity_change (
    client_id text NOT NULL REFERENCES mastersync.client,
    change_id bigint GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL CHECK (
        kind IN (
            'merged', -- all of `from` went to `to`, and `from` redirects there
            'unmerged', -- a merge was taken back: `to` is a customer of its own again
            'split' -- some records of `from` became the customer `to`
        )
    ),
    from_customer_id text NOT NULL,
    to_customer_id text NOT NULL,
    undoes bigint,
    author text NOT NULL CHECK (author <> ''),
    reason text NOT NULL CHECK (reason <> ''),
    before jsonb NOT NULL,
    ticket_id bigint,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, change_id),
    UNIQUE (client_id, undoes),
    FOREIGN KEY (client_id, undoes) REFERENCES mastersync.identity_change,
    FOREIGN KEY (client_id, from_customer_id) REFERENCES mastersync.customer,
    FOREIGN KEY (client_id, to_customer_id) REFERENCES mastersync.customer,
    CHECK (from_customer_id <> to_customer_id),
    CHECK ((kind = 'unmerged') = (undoes IS NOT NULL))
);
CREATE INDEX identity_change_from
ON mastersync.identity_change (client_id, from_customer_id, changed_at);
CREATE INDEX identity_change_to
ON mastersync.identity_change (client_id, to_customer_id, changed_at);
COMMENT ON TABLE mastersync.identity_change IS
'Change feed of who is who: what was merged and split, by whom, why, and what it takes to undo.';

CREATE INDEX customer_redirect ON mastersync.customer (client_id, redirect_to)
WHERE redirect_to IS NOT NULL;
CREATE INDEX link_ended_customer ON mastersync.link (client_id, customer_id)
WHERE ended_at IS NOT NULL;

-- Search before create: the evidence names its engine and rules, and has numbers in it; and it is a
-- run's or a person's.
ALTER TABLE mastersync.customer ADD COLUMN created_by text CHECK (created_by <> '');
ALTER TABLE mastersync.customer ALTER COLUMN created_run_id DROP NOT NULL;
ALTER TABLE mastersync.customer
ADD CONSTRAINT customer_of_a_run_or_a_person CHECK (num_nonnulls(created_run_id, created_by) = 1),
ADD CONSTRAINT customer_search_evidence CHECK (
    coalesce(jsonb_typeof(search_evidence -> 'engine'), '') = 'string'
    AND search_evidence ->> 'engine' <> ''
    AND coalesce(jsonb_typeof(search_evidence -> 'policy_version'), '') = 'string'
    AND search_evidence ->> 'policy_version' <> ''
    AND coalesce(search_evidence ->> 'searched_at', '') ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d'
    AND coalesce(jsonb_typeof(search_evidence -> 'keys_searched'), '') = 'number'
    AND coalesce(search_evidence ->> 'keys_searched', '') ~ '^\d{1,9}$'
    AND coalesce(jsonb_typeof(search_evidence -> 'candidates_found'), '') = 'number'
    AND coalesce(search_evidence ->> 'candidates_found', '') ~ '^\d{1,9}$'
);

-- The customer that an id stands for today; itself unless it was merged.
CREATE FUNCTION mastersync.live_customer(client_id text, customer_id text) RETURNS text
LANGUAGE sql STABLE
BEGIN ATOMIC
WITH RECURSIVE chain AS (
    SELECT
        first.customer_id,
        first.redirect_to
    FROM mastersync.customer AS first
    WHERE
        first.client_id = live_customer.client_id
        AND first.customer_id = live_customer.customer_id
    UNION
    SELECT
        next.customer_id,
        next.redirect_to
    FROM chain
    INNER JOIN mastersync.customer AS next
        ON next.client_id = live_customer.client_id AND next.customer_id = chain.redirect_to
)

SELECT chain.customer_id
FROM chain
WHERE chain.redirect_to IS NULL;
END;

-- These customers and all that were merged into them, each with the one it stands for.
CREATE FUNCTION mastersync.customers_within(client_id text, customer_ids text[])
RETURNS TABLE (customer_id text, live_id text)
LANGUAGE sql STABLE ROWS 100
BEGIN ATOMIC
WITH RECURSIVE within AS (
    SELECT
        given.id AS customer_id,
        given.id AS live_id
    FROM unnest(customers_within.customer_ids) AS given (id)
    UNION
    SELECT
        merged.customer_id,
        within.live_id
    FROM within
    INNER JOIN mastersync.customer AS merged
        ON
            merged.client_id = customers_within.client_id
            AND merged.redirect_to = within.customer_id
)

SELECT
    within.customer_id,
    within.live_id
FROM within;
END;

-- A customer may redirect only to a live one, so no chain ever bites its tail. Redirects of one
-- client are set one after the other, or two that cross would each find the other one live.
CREATE FUNCTION mastersync.refuse_redirect_cycle() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    target text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('identity:' || NEW.client_id, 0));
    SELECT customer.redirect_to INTO target
    FROM mastersync.customer
    WHERE customer.client_id = NEW.client_id AND customer.customer_id = NEW.redirect_to;
    IF target IS NOT NULL THEN
        RAISE EXCEPTION 'customer % redirects itself and cannot be a target', NEW.redirect_to
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER customer_redirects_to_a_live_one
BEFORE INSERT OR UPDATE OF redirect_to ON mastersync.customer
FOR EACH ROW WHEN (new.redirect_to IS NOT NULL)
EXECUTE FUNCTION mastersync.refuse_redirect_cycle();

-- Whoever redirects a customer, or takes that back, tells the feed before the transaction ends.
CREATE FUNCTION mastersync.require_identity_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    present text;
    told record;
BEGIN
    SELECT customer.redirect_to INTO present
    FROM mastersync.customer
    WHERE customer.client_id = NEW.client_id AND customer.customer_id = NEW.customer_id;
    SELECT change.kind, change.to_customer_id INTO told
    FROM mastersync.identity_change AS change
    WHERE
        change.client_id = NEW.client_id
        AND (
            (change.kind = 'merged' AND change.from_customer_id = NEW.customer_id)
            OR (change.kind = 'unmerged' AND change.to_customer_id = NEW.customer_id)
        )
    ORDER BY change.change_id DESC
    LIMIT 1;
    IF (present IS NULL AND told.kind IS DISTINCT FROM 'unmerged')
        OR (present IS NOT NULL AND told.to_customer_id IS DISTINCT FROM present)
    THEN
        RAISE EXCEPTION 'the redirect of customer % is not in the change feed', NEW.customer_id
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER customer_redirect_is_told
AFTER UPDATE OF redirect_to ON mastersync.customer
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (old.redirect_to IS DISTINCT FROM new.redirect_to)
EXECUTE FUNCTION mastersync.require_identity_change();

-- What is linked to a customer that was merged meanwhile is linked to the one that it stands for.
-- The share lock lets a merge and a link of the same moment see each other.
CREATE FUNCTION mastersync.follow_redirect() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    redirect text;
BEGIN
    SELECT customer.redirect_to INTO redirect
    FROM mastersync.customer
    WHERE customer.client_id = NEW.client_id AND customer.customer_id = NEW.customer_id
    FOR SHARE;
    IF redirect IS NOT NULL THEN
        NEW.customer_id := mastersync.live_customer(NEW.client_id, NEW.customer_id);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER link_follows_redirect
BEFORE INSERT OR UPDATE OF customer_id ON mastersync.link
FOR EACH ROW WHEN (new.ended_at IS NULL)
EXECUTE FUNCTION mastersync.follow_redirect();

-- Which customers are related, by what people decided on their records. Read with a time: a
-- relation whose `expires_at` has passed is over.
CREATE VIEW mastersync.customer_relation WITH (security_invoker = TRUE) AS
SELECT
    decision.client_id,
    decision.decision_id,
    one.customer_id,
    decision.relation,
    other.customer_id AS related_customer_id,
    decision.left_system,
    decision.left_key,
    decision.right_system,
    decision.right_key,
    decision.expires_at
FROM mastersync.decision
INNER JOIN mastersync.source_record AS left_record
    ON
        decision.client_id = left_record.client_id
        AND decision.left_system = left_record.system
        AND decision.left_key = left_record.source_key
INNER JOIN mastersync.link AS one
    ON
        left_record.client_id = one.client_id
        AND left_record.record_id = one.record_id
        AND one.ended_at IS NULL
INNER JOIN mastersync.source_record AS right_record
    ON
        decision.client_id = right_record.client_id
        AND decision.right_system = right_record.system
        AND decision.right_key = right_record.source_key
INNER JOIN mastersync.link AS other
    ON
        right_record.client_id = other.client_id
        AND right_record.record_id = other.record_id
        AND other.ended_at IS NULL
WHERE
    decision.kind = 'related'
    AND NOT EXISTS (
        SELECT 1
        FROM mastersync.decision_withdrawal AS withdrawal
        WHERE
            withdrawal.client_id = decision.client_id
            AND withdrawal.decision_id = decision.decision_id
    );

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['decision_withdrawal', 'identity_change'] LOOP
        EXECUTE format('ALTER TABLE mastersync.%I ENABLE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format('ALTER TABLE mastersync.%I FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY own_client ON mastersync.%I TO mastersync_pipeline '
            'USING (client_id = (SELECT mastersync.session_client())) '
            'WITH CHECK (client_id = (SELECT mastersync.session_client()))', tenant_table
        );
        EXECUTE format(
            'CREATE POLICY stated_clients ON mastersync.%I TO mastersync_desk '
            'USING (client_id = ANY ((SELECT mastersync.stated_clients())::text[])) '
            'WITH CHECK (client_id = ANY ((SELECT mastersync.stated_clients())::text[]))',
            tenant_table
        );
    END LOOP;
END
$$;

GRANT SELECT, INSERT ON mastersync.decision_withdrawal, mastersync.identity_change
TO mastersync_pipeline, mastersync_desk;
GRANT SELECT ON mastersync.customer_relation TO mastersync_pipeline, mastersync_desk;
-- An id and the search behind it are for ever; only where it leads may change.
REVOKE UPDATE ON mastersync.customer FROM mastersync_pipeline;
GRANT UPDATE (redirect_to) ON mastersync.customer TO mastersync_pipeline, mastersync_desk;
-- People merge and split at the desk.
GRANT INSERT ON mastersync.customer TO mastersync_desk;
GRANT UPDATE (customer_id) ON mastersync.link, mastersync.effect TO mastersync_desk;
GRANT UPDATE (state) ON mastersync.confirmation_request TO mastersync_desk;

REVOKE ALL ON FUNCTION
mastersync.live_customer(text, text), mastersync.customers_within(text, text[]),
mastersync.refuse_redirect_cycle(), mastersync.require_identity_change(),
mastersync.follow_redirect()
FROM public;
GRANT EXECUTE ON FUNCTION
mastersync.live_customer(text, text), mastersync.customers_within(text, text[])
TO mastersync_pipeline, mastersync_desk;

RESET ROLE;
