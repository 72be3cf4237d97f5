-- Links follow a merge by the statement and not by the row: a sync inserts thousands at once, and a
-- look-up in a trigger of each was a third of what linking a record costs PostgreSQL.
SET ROLE mastersync_owner;

DROP TRIGGER link_follows_redirect ON mastersync.link;

-- As before: what is linked to a customer that was merged meanwhile is linked to the one that it
-- stands for, and the share lock lets a merge and a link of the same moment see each other. In
-- order, so that two who link to the same customers do not lock each other out.
CREATE FUNCTION mastersync.follow_redirects() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    home record;
    merged text[];
BEGIN
    FOR home IN
        SELECT client_id, array_agg(DISTINCT customer_id ORDER BY customer_id) AS customer_ids
        FROM added
        WHERE ended_at IS NULL
        GROUP BY client_id
    LOOP
        SELECT array_agg(held.customer_id) FILTER (WHERE held.redirect_to IS NOT NULL) INTO merged
        FROM (
            SELECT customer.customer_id, customer.redirect_to
            FROM mastersync.customer
            WHERE
                customer.client_id = home.client_id
                AND customer.customer_id = ANY(home.customer_ids)
            ORDER BY customer.customer_id
            FOR SHARE
        ) AS held;
        IF merged IS NOT NULL THEN
            UPDATE mastersync.link
            SET customer_id = mastersync.live_customer(link.client_id, link.customer_id)
            FROM added
            WHERE
                added.client_id = home.client_id
                AND added.customer_id = ANY(merged)
                AND added.ended_at IS NULL
                AND link.client_id = added.client_id
                AND link.link_id = added.link_id;
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER link_follows_redirects
AFTER INSERT ON mastersync.link
REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION mastersync.follow_redirects();

-- Changes are few, and each is of a link that a person or a merge moves.
CREATE TRIGGER link_follows_redirect
BEFORE UPDATE OF customer_id ON mastersync.link
FOR EACH ROW WHEN (new.ended_at IS NULL AND new.customer_id <> old.customer_id)
EXECUTE FUNCTION mastersync.follow_redirect();

GRANT UPDATE (customer_id) ON mastersync.link TO mastersync_pipeline;
REVOKE ALL ON FUNCTION mastersync.follow_redirects() FROM public;

RESET ROLE;
