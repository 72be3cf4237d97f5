"""Limits and terms: recommended by the client's rules, decided by them or by a person."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import psycopg
import pytest

from mastersync.domain.credit.recommendation import (
    LimitOf,
    LimitRule,
    TermsPolicy,
    TermsRule,
)
from mastersync.domain.credit.subjects import SubjectSigns
from mastersync.domain.decisions.model import Person
from mastersync.domain.plan.document import as_document, open_document
from mastersync.errors import NotFoundError, RuleError
from mastersync.usecases.decide_credit import CreditAnswer, DecidedCredit, decide_credit
from mastersync.usecases.explain_credit import explain_credit
from mastersync.usecases.explain_customer import explain_customer
from mastersync.wiring.planning import apply_plan, plan_client
from outsiders import holds
from pipelines import CREDIT, Pipeline, company
from stewards import Steward, ids
from stores import SECRET

ASKED = {"credit_limit": "4000.00", "credit_currency": "GBP"}
WELL_RATED = TermsRule(
    holds=lambda said: said["rating"] in {"A", "B"},
    asks='rating in ["A", "B"]',
    limit=LimitRule(of=LimitOf.AGENCY, share=Decimal("0.9")),
    clause="5.2",
    payment_terms="NET30",
)
OTHERS = TermsRule(
    holds=lambda _: True,
    asks="",
    limit=LimitRule(of=LimitOf.NOTHING),
    clause="5.4",
    because="Not rated well enough",
)
TERMS = TermsPolicy(
    rules=(WELL_RATED, OTHERS), currency="GBP", accept_up_to={"GBP": Decimal(10000)}
)


@pytest.fixture
def lending(pipeline: Pipeline) -> Pipeline:
    """A client whose contract gives terms; a company that the agency knows asks for 4,000."""
    pipeline.set_rules(credit=CREDIT, terms=TERMS)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **ASKED))
    return pipeline


def customer(pipeline: Pipeline) -> str:
    ((customer_id,),) = pipeline.rows("SELECT customer_id FROM customer")
    return customer_id


def decisions(pipeline: Pipeline) -> list[tuple]:
    return pipeline.rows(
        "SELECT outcome, credit_limit, payment_terms, is_automatic, author FROM credit_decision"
        " ORDER BY decision_id"
    )


def decide(
    ann: Steward, limit: str | None = None, *, terms: str = "", reason: str = "as rated"
) -> DecidedCredit:
    answer = CreditAnswer(
        customer_id=customer(ann.pipeline),
        limit=None if limit is None else Decimal(limit),
        payment_terms=terms,
        person=Person(by=ann.name, reason=reason),
    )
    return decide_credit(ann.store, ann.pipeline.rules, answer, now=ann.pipeline.clock())


def test_what_the_rules_accept_is_decided_and_reaches_the_systems(lending: Pipeline) -> None:
    lending.sync()

    assert decisions(lending) == [("accepted", 4000, "NET30", True, "mastersync")]
    golden = lending.golden("crm", "a")
    assert (golden["credit_limit"], golden["payment_terms"]) == ("4000", "NET30")
    assert holds(lending.erp, "erp-1", "payment_terms") == "NET30"
    assert lending.tickets() == []
    assert lending.rows(
        "SELECT actor, action FROM audit_entry WHERE starts_with(action, 'credit.')"
    ) == [("mastersync", "credit.accepted")]


def test_the_same_facts_are_not_decided_on_twice(lending: Pipeline) -> None:
    lending.sync()
    lending.crm.put("a", phone="+442079460999")

    lending.sync()
    lending.sync()

    assert len(decisions(lending)) == 1
    assert lending.rows("SELECT count(*) FROM credit_recommendation") == [(1,)]


def test_a_limit_that_a_system_holds_later_does_not_undo_a_decision(lending: Pipeline) -> None:
    lending.sync()
    lending.erp.put("erp-1", credit_limit="90000.00")

    lending.sync()

    assert lending.golden("crm", "a")["credit_limit"] != "90000"
    assert lending.tickets() == [f"credit:decide:{customer(lending)}"], "more is asked for"


def test_less_than_was_asked_for_is_proposed_and_the_new_customer_waits(
    lending: Pipeline,
) -> None:
    lending.crm.put("a", credit_limit="8000.00")

    counts = lending.sync()

    assert counts["versions"] == {"approval_waiting": 1}
    assert decisions(lending) == []
    assert lending.tickets() == [f"credit:decide:{customer(lending)}"]
    assert lending.erp.held == {}, "not even what the agency says of it is written"
    lending.sync()
    assert lending.rows("SELECT outcome, credit_limit FROM credit_recommendation") == [
        ("reduced", 4500)
    ]


def test_a_person_takes_the_recommendation_and_the_next_sync_goes_on(
    lending: Pipeline, ann: Steward
) -> None:
    lending.crm.put("a", credit_limit="8000.00")
    lending.sync()

    decided = decide(ann)
    assert lending.tickets() == []
    assert lending.violations() == []
    lending.sync()

    assert (decided.decision.word.outcome, decided.letters) == ("reduced", ())
    assert decisions(lending) == [("reduced", 4500, "NET30", False, "ann")]
    assert lending.golden("crm", "a")["credit_limit"] == "4500"
    assert lending.states("crm", "a") == ["applied"]
    assert lending.tickets() == []
    lending.sync()
    assert len(decisions(lending)) == 1


def test_a_person_may_decide_otherwise_and_the_evidence_is_kept(
    lending: Pipeline, ann: Steward
) -> None:
    lending.creditsafe.rating = "D"
    lending.sync()

    decide(ann, "1500", terms="prepaid", reason="a parent guarantees it")
    lending.sync()

    ((evidence, reason, basis),) = lending.rows(
        "SELECT evidence, reason, basis FROM credit_decision"
    )
    assert evidence["recommended"]["outcome"] == "declined"
    assert evidence["report"]["rating"] == "D"
    assert "It is rated D, high risk." in evidence["speaks_against"]
    assert evidence["a_person_decides_because"] == ["Nobody is declined without a person."]
    assert reason == "a parent guarantees it"
    assert basis.endswith("asked 4000 GBP")
    golden = lending.golden("crm", "a")
    assert (golden["credit_limit"], golden["payment_terms"]) == ("1500", "PREPAID")


def test_nobody_is_declined_without_a_person(lending: Pipeline, ann: Steward) -> None:
    lending.creditsafe.rating = "D"
    lending.sync()
    assert decisions(lending) == []

    decide(ann)
    lending.sync()

    assert decisions(lending) == [("declined", 0, "", False, "ann")]
    assert lending.golden("crm", "a")["credit_limit"] == "0"


def test_a_sole_trader_is_not_even_accepted_without_a_person(lending: Pipeline) -> None:
    signs = SubjectSigns(sole_trader_codes={"payment_terms": frozenset({"SOLE"})})
    lending.set_rules(credit=replace(CREDIT, signs=signs, waits_when_refused=False))
    lending.crm.put("a", payment_terms="SOLE")

    lending.sync()

    assert decisions(lending) == []
    ((evidence,),) = lending.rows("SELECT evidence FROM credit_recommendation")
    assert evidence["subject_type"] == "sole_trader"
    assert "a person decides" in " ".join(evidence["a_person_decides_because"])


def test_a_limit_in_words_is_for_a_person(lending: Pipeline, ann: Steward) -> None:
    lending.creditsafe.limit = None
    lending.sync()

    assert decisions(lending) == []
    assert lending.rows("SELECT outcome, credit_limit FROM credit_recommendation") == [
        ("open", None)
    ]
    with pytest.raises(RuleError, match="recommend no amount"):
        decide(ann)
    decide(ann, "2000")
    lending.sync()
    assert lending.golden("crm", "a")["credit_limit"] == "2000"


def test_a_new_report_asks_again_and_the_old_decision_holds_until_then(
    lending: Pipeline,
) -> None:
    lending.sync()
    lending.creditsafe.rating = "D"
    lending.crm.put("a", phone="+442079460999")

    lending.sync(days=181)

    assert lending.creditsafe.orders == ["GB-1", "GB-1"]
    golden = lending.golden("crm", "a")
    assert (golden["credit_limit"], golden["phone"]) == ("4000", "+442079460999")
    assert lending.tickets() == [f"credit:decide:{customer(lending)}"]


def test_who_wants_it_goes_on_undecided_and_nothing_waits(lending: Pipeline) -> None:
    lending.set_rules(terms=replace(TERMS, accept_up_to={}, waits=False))

    lending.sync()

    assert lending.states("crm", "a") == ["applied"]
    assert lending.tickets() == [f"credit:decide:{customer(lending)}"]


def test_a_rule_that_is_loosened_accepts_what_waited(lending: Pipeline) -> None:
    lending.set_rules(terms=replace(TERMS, accept_up_to={}))
    lending.sync()
    assert lending.states("crm", "a") == ["waiting"]

    lending.set_rules(terms=TERMS)
    lending.sync()

    assert lending.states("crm", "a") == ["applied"]
    assert lending.tickets() == []
    assert [row[3] for row in decisions(lending)] == [True]


def test_a_plan_recommends_and_decides_nothing_that_stays(lending: Pipeline) -> None:
    lending.sync()
    lending.crm.put("a", credit_limit="3000.00")
    before = lending.snapshot()

    plan_client(lending, by="ann")

    kept = {"credit_decision", "credit_recommendation", "ticket", "audit_entry"}
    after = lending.snapshot()
    assert {table: after[table] for table in kept} == {table: before[table] for table in kept}


def test_a_plan_that_decides_is_applied_as_it_was_shown(lending: Pipeline) -> None:
    lending.sync()
    lending.crm.put("a", credit_limit="3000.00")
    lending.clock.push(hours=1)
    plan = plan_client(lending, by="ann")

    file = open_document(as_document(plan, secret=SECRET), secret=SECRET)
    apply_plan(lending, file, actor="ann")

    assert [row[:2] for row in decisions(lending)] == [("accepted", 4000), ("accepted", 3000)]
    assert lending.golden("crm", "a")["credit_limit"] == "3000"
    assert holds(lending.erp, "erp-1", "credit_limit") == "3000"


def test_a_decision_is_explained_field_by_field(lending: Pipeline) -> None:
    lending.sync()

    explained = explain_customer(
        lending.store, lending.rules, customer(lending), field="credit_limit", now=lending.clock()
    )

    (account,) = explained.accounts
    assert account.winner is not None
    assert account.winner.system == "credit decision"
    note = explained.pins[account.winner.source_key]
    assert note.author == "mastersync"
    assert "clause 5.2" in note.reason


def test_the_credit_of_who_waits_is_shown_as_it_waits(lending: Pipeline) -> None:
    lending.crm.put("a", credit_limit="8000.00")
    lending.sync()

    told = explain_credit(lending.store, lending.rules, customer(lending), now=lending.clock())

    assert told.judged.case.requested == 8000
    assert told.judged.recommendation.limit == 4500
    assert told.judged.authority.words == ("It is less than was asked for.",)
    assert (told.purse.left, told.purse.currency) == (Decimal("346.50"), "GBP")
    assert told.judged.addressed_to[0] == "Aldgate Foundry Ltd"


def test_of_a_customer_that_there_is_not_nothing_is_decided(
    lending: Pipeline, ann: Steward
) -> None:
    lending.sync()
    answer = CreditAnswer(
        customer_id="C-00000-00000", limit=Decimal(1), person=Person(by="ann", reason="x")
    )

    with pytest.raises(NotFoundError):
        decide_credit(ann.store, lending.rules, answer, now=lending.clock())


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"limit": Decimal(-1)}, "0 or more"),
        ({"limit": Decimal("NaN")}, "0 or more"),
        ({"limit": Decimal(1), "currency": "EUR"}, "asks in GBP"),
    ],
)
def test_a_limit_that_cannot_be_is_refused(
    lending: Pipeline, ann: Steward, answer: Mapping, says: str
) -> None:
    lending.crm.put("a", credit_limit="8000.00")
    lending.sync()
    word = CreditAnswer(
        customer_id=customer(lending), person=Person(by="ann", reason="x"), **answer
    )

    with pytest.raises(RuleError, match=says):
        decide_credit(ann.store, lending.rules, word, now=lending.clock())

    assert decisions(lending) == []


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ("subject_type = 'sole_trader'", "automatic_accepts_companies"),
        ("subject_type = 'individual'", "automatic_accepts_companies"),
        ("subject_type = ''", "automatic_accepts_companies"),
        ("outcome = 'declined', credit_limit = 0", "automatic_accepts_companies"),
        ("outcome = 'reduced'", "automatic_accepts_companies"),
        ("recommendation_id = NULL", "automatic_is_recommended"),
        ("author = ''", "author"),
        ("reason = ''", "reason"),
    ],
)
def test_the_store_itself_refuses_what_law_forbids(
    lending: Pipeline, changes: str, constraint: str
) -> None:
    lending.sync()

    with pytest.raises(psycopg.errors.CheckViolation, match=constraint):
        lending.test_store.change(f"UPDATE credit_decision SET {changes}")


def test_no_role_of_ours_changes_what_was_decided(lending: Pipeline) -> None:
    lending.sync()

    for role in ("ms_acme", "mastersync_desk"):
        with (
            lending.test_store.session(role) as session,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            session.execute("UPDATE credit_decision SET credit_limit = 1")


def test_the_newest_decision_of_two_customers_that_are_merged_holds(
    lending: Pipeline, ann: Steward
) -> None:
    lending.creditsafe.known["02234562"] = "GB-2"
    lending.crm.put("b", **company("brixton", **ASKED | {"credit_limit": "3000.00"}))
    lending.sync()
    kept, gone = ids(lending)
    assert len(decisions(lending)) == 2
    answer = CreditAnswer(
        customer_id=gone, limit=Decimal(1000), person=Person(by="ann", reason="of the two")
    )
    decide_credit(ann.store, lending.rules, answer, now=lending.clock())

    ann.merge(kept, gone, insist=True)
    told = explain_credit(ann.store, lending.rules, gone, now=lending.clock())

    assert told.customer_id == kept
    assert [one.word.author for one in told.decisions] == ["ann", "mastersync", "mastersync"]
    explained = explain_customer(
        lending.store, lending.rules, kept, field="credit_limit", now=lending.clock()
    )
    assert explained.accounts[0].value == "1000"
