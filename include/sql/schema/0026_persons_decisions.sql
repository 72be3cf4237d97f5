-- A person's decision on credit stands for a time in which nothing automatic takes its place.
SET ROLE mastersync_owner;

ALTER TABLE mastersync.credit_decision ADD COLUMN stands_until timestamptz;
COMMENT ON COLUMN mastersync.credit_decision.stands_until IS
'Until when a person''s decision goes before automatic ones; these have no such time.';
-- Those made before stand as long as their report, or for a year. Row security, which hides them
-- from the owner too, is lifted for that.
ALTER TABLE mastersync.credit_decision NO FORCE ROW LEVEL SECURITY;
ALTER TABLE mastersync.credit_report NO FORCE ROW LEVEL SECURITY;
UPDATE mastersync.credit_decision AS decision
SET
    stands_until = coalesce((
        SELECT report.valid_until
        FROM mastersync.credit_report AS report
        WHERE
            report.client_id = decision.client_id
            AND report.report_id = decision.report_id
            AND report.valid_until > decision.decided_at
    ), decision.decided_at + interval '365 days')
WHERE NOT decision.is_automatic;
ALTER TABLE mastersync.credit_report FORCE ROW LEVEL SECURITY;
ALTER TABLE mastersync.credit_decision FORCE ROW LEVEL SECURITY;
ALTER TABLE mastersync.credit_decision ADD CONSTRAINT credit_decision_person_stands_until CHECK (
    (stands_until IS NULL) = is_automatic
);

RESET ROLE;
