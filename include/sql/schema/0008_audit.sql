CREATE TABLE mastersync.audit_entry (
    client_id text NOT NULL REFERENCES mastersync.client,
    seq bigint NOT NULL,
    action text NOT NULL,
    actor text NOT NULL,
    run_id text,
    summary jsonb NOT NULL,
    happened_at timestamptz NOT NULL,
    previous_hash bytea NOT NULL,
    entry_hash bytea NOT NULL,
    PRIMARY KEY (client_id, seq)
);
CREATE INDEX audit_entry_resent ON mastersync.audit_entry (client_id, (summary ->> 'effect_id'))
WHERE action = 'effect.resent';
COMMENT ON TABLE mastersync.audit_entry IS
'Who did what, an entry a batch (counts and digests, no personal data), sealed to the one before.';

-- What an entry's hash covers. Length-prefixed, so no two entries read alike.
CREATE FUNCTION mastersync.audit_hash(entry mastersync.audit_entry) RETURNS bytea
LANGUAGE sql IMMUTABLE
RETURN sha256(
    entry.previous_hash || convert_to(
        (
            SELECT string_agg(length(part)::text || ':' || part, '' ORDER BY ordinal)
            FROM unnest(ARRAY[
                entry.client_id, entry.seq::text, entry.action, entry.actor,
                coalesce(entry.run_id, ''), entry.summary::text,
                extract(EPOCH FROM entry.happened_at)::text
            ]) WITH ORDINALITY AS parts (part, ordinal)
        ), 'UTF8'
    )
);

-- Numbers and seals each entry on its way in; writers of one client queue up here.
CREATE FUNCTION mastersync.seal_audit_entry() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    last mastersync.audit_entry;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit:' || NEW.client_id, 0));
    SELECT * INTO last FROM mastersync.audit_entry
    WHERE client_id = NEW.client_id ORDER BY seq DESC LIMIT 1;
    NEW.seq := coalesce(last.seq, 0) + 1;
    NEW.previous_hash := coalesce(last.entry_hash, sha256(convert_to(NEW.client_id, 'UTF8')));
    NEW.entry_hash := mastersync.audit_hash(NEW);
    RETURN NEW;
END
$$;
CREATE TRIGGER audit_entry_sealed BEFORE INSERT ON mastersync.audit_entry
FOR EACH ROW EXECUTE FUNCTION mastersync.seal_audit_entry();

CREATE FUNCTION mastersync.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON mastersync.audit_entry
FOR EACH ROW EXECUTE FUNCTION mastersync.refuse_change();
