"""What targets get by the client's rules, and what becomes of customers that they cannot do."""

from dataclasses import replace
from datetime import date

from mastersync.config.expressions import compile_condition, compile_expression
from mastersync.domain.contracts import Citation, Contract
from mastersync.domain.effects.guards import GuardPolicy
from mastersync.domain.targets.model import Source, TargetField
from mastersync.usecases.explain_customer import explain_customer
from mastersync.wiring.sync import plan
from outsiders import holds
from pipelines import Pipeline
from stewards import Steward, homes

TABLE = {"N30": "30D"}
UNKNOWN = "push:code_unknown:t:N90"


def write_terms(pipeline: Pipeline, field: TargetField, **tables: dict[str, str]) -> None:
    """Let the ERP get terms by this entry of its mapping."""
    erp = pipeline.rules.targets["erp"]
    others = tuple(one for one in erp.mapping if one.path not in {"payment_terms", "terms"})
    pipeline.set_rules(
        targets={"erp": replace(erp, mapping=(*others, field), version="v-of-terms")},
        tables=tables or {"t": TABLE},
    )


def learn(pipeline: Pipeline, **codes: str) -> None:
    """Complete the code table, as somebody does in client.yaml."""
    pipeline.set_rules(tables={"t": TABLE | codes})


BY_TABLE = TargetField(path="terms", field="payment_terms", code_table="t")


def test_one_ticket_names_the_code_that_a_table_does_not_know(two: Pipeline) -> None:
    write_terms(two, BY_TABLE)
    two.crm.put("a", payment_terms="N90")
    two.crm.put("b", payment_terms="n90")

    two.sync()

    assert two.tickets() == [UNKNOWN]
    ((title, cause, next_step, customers),) = two.rows(
        "SELECT title, cause, next_step, (SELECT count(*) FROM ticket_subject AS about"
        " WHERE about.ticket_id = ticket.ticket_id AND about.cleared_at IS NULL) FROM ticket"
    )
    assert title == "The code table 't' does not know N90"
    assert "N90" in cause
    assert "code_tables.t" in next_step
    assert customers == 2
    assert two.erp.writes == []


def test_a_code_that_is_added_to_its_table_releases_all_customers_and_nobody_touches_them(
    two: Pipeline,
) -> None:
    write_terms(two, BY_TABLE)
    two.crm.put("a", payment_terms="N90")
    two.crm.put("b", payment_terms="N90")
    two.sync()
    learn(two, N90="90D")

    two.sync()

    assert [holds(two.erp, key, "terms") for key in ("x", "y")] == ["90D", "90D"]
    assert two.tickets() == []


def test_customers_that_wait_are_not_planned_again_while_the_rules_are_the_same(
    known: Pipeline,
) -> None:
    write_terms(known, BY_TABLE)
    known.crm.put("a", payment_terms="N90")
    known.sync()

    known.sync()
    known.sync()

    assert known.rows("SELECT cause_key, state, seen_count FROM ticket") == [(UNKNOWN, "open", 1)]


def test_a_ticket_that_somebody_resolved_too_soon_still_lets_its_customers_go(
    known: Pipeline, ann: Steward
) -> None:
    write_terms(known, BY_TABLE)
    known.crm.put("a", payment_terms="N90")
    known.sync()
    with ann.store.begin() as unit:
        unit.tickets.resolve(UNKNOWN, by="ann", words="the table will know it", now=known.clock())
    learn(known, N90="90D")

    known.sync()

    assert holds(known.erp, "x", "terms") == "90D"


def test_a_customer_that_comes_to_another_unknown_code_leaves_the_first_one_s_ticket(
    two: Pipeline,
) -> None:
    write_terms(two, BY_TABLE)
    two.crm.put("a", payment_terms="N90")
    two.sync()
    two.crm.put("a", payment_terms="N91")

    two.sync()

    assert two.tickets() == ["push:code_unknown:t:N91"]
    assert two.tickets("resolved") == [UNKNOWN]


def test_a_customer_that_was_merged_into_another_one_waits_no_more(
    two: Pipeline, ann: Steward
) -> None:
    write_terms(two, BY_TABLE)
    two.crm.put("a", payment_terms="N90")
    two.sync()
    assert two.tickets() == [UNKNOWN]
    ann.merge(homes(two)["crm:b"], homes(two)["crm:a"], insist=True)
    two.crm.put("a", payment_terms="N30")

    two.sync()

    assert UNKNOWN not in two.tickets()


def test_what_dies_before_it_has_planned_those_who_wait_is_made_up_for(known: Pipeline) -> None:
    write_terms(known, BY_TABLE)
    known.crm.put("a", payment_terms="N90")
    known.sync()
    learn(known, N90="90D")
    known.clock.push(hours=1)
    with known.store.begin() as unit:
        unit.runs.open("died", policy_version=known.rules.policy_version, now=known.clock())

    known.sync()

    assert holds(known.erp, "x", "terms") == "90D"


def test_the_first_rule_that_holds_says_what_a_target_gets(two: Pipeline) -> None:
    for_one = Source(
        when=compile_condition('name == "Aldgate Foundry Ltd"'),
        asks=frozenset({"name"}),
        constant="60D",
    )
    write_terms(two, replace(BY_TABLE, rules=(for_one,)))
    two.crm.put("a", payment_terms="N30")
    two.crm.put("b", payment_terms="N30")

    two.sync()

    assert [holds(two.erp, key, "terms") for key in ("x", "y")] == ["60D", "30D"]


def test_every_write_tells_which_transformation_made_it(known: Pipeline) -> None:
    write_terms(known, BY_TABLE)
    known.crm.put("a", payment_terms="N30")
    known.sync()

    assert known.rows("SELECT body ->> 'transformation' FROM effect") == [("v-of-terms",)]
    ((customer,),) = known.rows("SELECT customer_id FROM customer")
    explained = explain_customer(known.store, known.rules, customer, now=known.clock())
    assert [one.transformation for one in explained.disclosures] == ["v-of-terms"]


MANY = 10_000
FILLED = """
WITH made AS (
    INSERT INTO customer (client_id, customer_id, search_evidence, created_run_id, created_at)
    SELECT 'acme', 'C-' || lpad(n::text, 5, '0'), '{"engine": "made", "policy_version": "p1",
        "searched_at": "2026-03-02T12:00:00+00:00", "keys_searched": 1, "candidates_found": 0}',
        'many', now()
    FROM generate_series(1, 10000) AS n
    RETURNING customer_id
)
INSERT INTO golden_version (client_id, customer_id, version_no, fields, provenance,
    input_version_ids, fingerprint, policy_version, run_id, formed_at)
SELECT 'acme', customer_id, 1, jsonb_build_object('name', 'Company ' || customer_id,
    'credit_limit', '1200', 'postcode', CASE customer_id WHEN 'C-07777' THEN '0' ELSE '12' END),
    '{}', '{}', '', 'p1', 'many', now()
FROM made
"""


def test_one_division_by_zero_in_10000_customers_sets_one_aside_and_the_rest_go(
    pipeline: Pipeline,
) -> None:
    share = TargetField(
        path="share",
        expression=compile_expression("(credit_limit / postcode) | round(2)"),
        reads=frozenset({"credit_limit", "postcode"}),
        gives_number=True,
    )
    write_terms(pipeline, share)
    pipeline.set_rules(guards=GuardPolicy(max_updates=0, max_creates=MANY, max_mails=0))
    with pipeline.store.begin() as unit:
        unit.runs.open("many", policy_version="p1", now=pipeline.clock())
    pipeline.test_store.change(FILLED)

    counts = plan(pipeline, "many")

    assert (counts["creates"], counts["problems"], counts["held"]) == (MANY - 1, 1, 0)
    assert pipeline.rows("SELECT state, after ->> 'share', count(*) FROM effect GROUP BY 1, 2") == [
        ("ready", "100.00", MANY - 1)
    ]
    assert pipeline.tickets() == ["push:erp:expression_failed:share"]
    ((cause, about),) = pipeline.rows(
        "SELECT cause, subject FROM ticket JOIN ticket_subject USING (client_id, ticket_id)"
    )
    assert "divides by zero" in cause
    assert about == "projection:erp:C-07777"


def test_a_code_that_is_added_to_a_table_of_reading_takes_up_all_records_that_wait(
    two: Pipeline,
) -> None:
    def read_terms_by(table: dict[str, str]) -> None:
        crm = two.rules.systems["crm"]
        prepare = replace(
            crm.prepare, code_tables={"payment_terms": table}, waits_for={"payment_terms": "t"}
        )
        two.set_rules(systems=two.rules.systems | {"crm": replace(crm, prepare=prepare)})

    read_terms_by({"30 days": "N30"})
    two.crm.put("a", payment_terms="45 days")
    two.crm.put("b", payment_terms="45 Days")
    two.sync()
    assert two.tickets() == ["record:code_unknown:t:45 DAYS"]
    assert two.states("crm", "a") == ["applied", "set_aside"]
    read_terms_by({"30 days": "N30", "45 days": "N45"})

    two.sync()

    assert two.tickets() == []
    assert two.golden("crm", "a")["payment_terms"] == "N45"
    assert two.golden("crm", "b")["payment_terms"] == "N45"


def test_a_new_version_of_the_clients_contract_raises_one_ticket_until_its_rules_are_read_again(
    pipeline: Pipeline,
) -> None:
    def of(clause: str, version: str) -> Citation:
        return Citation(rule=f"rule {clause}", clause=clause, contract="service", version=version)

    versions = {"2026": date(2026, 1, 1), "2027": date(2027, 1, 1)}
    service = Contract(name="service", title="Service agreement", versions=versions)
    pipeline.set_rules(contracts=(service,), citations=(of("4.1", "2026"), of("4.2", "2026")))

    for _ in range(2):
        pipeline.sync()

    assert pipeline.tickets() == ["contract:service:2027"]
    ((cause,),) = pipeline.rows("SELECT cause FROM ticket")
    assert "rule 4.1, clause 4.1, read from 2026; rule 4.2, clause 4.2, read from 2026" in cause
    pipeline.set_rules(citations=(of("4.1", "2027"), of("4.2", "2026")))
    pipeline.sync()
    ((cause,),) = pipeline.rows("SELECT cause FROM ticket")
    assert "rule 4.1" not in cause
    pipeline.set_rules(citations=(of("4.1", "2027"), of("4.2", "2027")))
    pipeline.sync()
    assert pipeline.tickets() == []


def test_the_ticket_of_a_contract_version_that_never_was_closes(pipeline: Pipeline) -> None:
    def contracts(name: str, *versions: str) -> tuple[Contract, ...]:
        first_days = {version: date(int(version[:4]), 1, 1) for version in versions}
        return (Contract(name=name, title="Service agreement", versions=first_days),)

    cited = Citation(rule="rule 4.1", clause="4.1", contract="service", version="2026")
    pipeline.set_rules(contracts=contracts("service", "2026", "2072"), citations=(cited,))
    pipeline.sync()
    assert pipeline.tickets() == ["contract:service:2072"]

    pipeline.set_rules(contracts=contracts("service", "2026", "2027"))
    pipeline.sync()
    assert pipeline.tickets() == ["contract:service:2027"]

    pipeline.set_rules(contracts=(), citations=())
    pipeline.sync()
    assert pipeline.tickets() == []
