"""Decisions on credit as they are kept: by the law, in plans, through merges, and explained."""

from collections.abc import Mapping
from decimal import Decimal

import psycopg
import pytest

from lending import ASKED, customer, decide, decisions, lend
from mastersync.domain.decisions.model import Person
from mastersync.domain.plan.document import as_document, open_document
from mastersync.errors import NotFoundError, RuleError
from mastersync.usecases.decide_credit import CreditAnswer, decide_credit
from mastersync.usecases.explain_credit import explain_credit
from mastersync.usecases.explain_customer import explain_customer
from mastersync.wiring.planning import apply_plan, plan_client
from outsiders import holds
from pipelines import Pipeline, company
from stewards import Steward, ids
from stores import SECRET


@pytest.fixture
def lending(pipeline: Pipeline) -> Pipeline:
    return lend(pipeline)


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


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ("subject_type = 'sole_trader'", "automatic_accepts_companies"),
        ("subject_type = 'individual'", "automatic_accepts_companies"),
        ("subject_type = ''", "automatic_accepts_companies"),
        ("outcome = 'declined', credit_limit = 0", "automatic_accepts_companies"),
        ("outcome = 'reduced'", "automatic_accepts_companies"),
        ("recommendation_id = NULL", "automatic_is_recommended"),
        ("stands_until = now()", "person_stands_until"),
        ("is_automatic = FALSE", "person_stands_until"),
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


def test_a_persons_decision_goes_before_a_later_automatic_one_of_who_is_merged(
    lending: Pipeline, ann: Steward
) -> None:
    lending.creditsafe.rating = "D"
    lending.sync()
    decide(ann, reason="their parent is insolvent")
    lending.creditsafe.rating = "A"
    lending.creditsafe.known["02234562"] = "GB-2"
    lending.crm.put("b", **company("brixton", **ASKED | {"credit_limit": "3000.00"}))
    lending.sync()
    kept, gone = ids(lending)
    assert [row[4] for row in decisions(lending)] == ["ann", "mastersync"]

    ann.merge(kept, gone, insist=True)
    told = explain_credit(ann.store, lending.rules, kept, now=lending.clock())
    lending.sync()

    assert [one.word.author for one in told.decisions] == ["ann", "mastersync"]
    assert lending.golden("crm", "a")["credit_limit"] == "0"


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
