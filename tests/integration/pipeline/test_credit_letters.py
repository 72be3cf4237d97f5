"""Letters on credit decisions: due by law, written once, and the same ever after."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mastersync.connectors.letters.rendering import render_letter
from mastersync.domain.credit.letters import AgencyAddress, LetterSender
from mastersync.domain.credit.recommendation import LimitOf, LimitRule, TermsPolicy, TermsRule
from mastersync.domain.credit.subjects import SubjectSigns
from mastersync.domain.decisions.model import Person
from mastersync.errors import NotFoundError, RuleError
from mastersync.ports.credit_decisions import HeldLetter
from mastersync.usecases.decide_credit import CreditAnswer, DecidedCredit, decide_credit
from mastersync.usecases.explain_credit import explain_credit
from mastersync.usecases.write_letter import write_letters
from pipelines import CREDIT, Pipeline, company
from stewards import Steward

SENDER = LetterSender(
    name="Acme",
    address=("1 Mill Lane", "Leeds"),
    contact="credit@acme.example",
    signed_by="Credit Control, Acme",
    agency=AgencyAddress(name="Creditsafe", address=("Caerphilly",), contact="0800 000"),
)
NOTHING = TermsRule(
    holds=lambda _: True, asks="", limit=LimitRule(of=LimitOf.NOTHING), clause="5.4"
)
TERMS = TermsPolicy(rules=(NOTHING,), currency="GBP")
SOLE_TRADERS = SubjectSigns(sole_trader_codes={"payment_terms": frozenset({"SOLE"})})


@pytest.fixture
def trader(pipeline: Pipeline) -> Pipeline:
    """A sole trader, of whom the law lets no report be bought as things are; others say more."""
    pipeline.set_rules(
        credit=replace(CREDIT, signs=SOLE_TRADERS, waits_when_refused=False),
        terms=TERMS,
        letters=SENDER,
    )
    pipeline.crm.put(
        "a",
        **company("aldgate", payment_terms="SOLE", credit_limit="4000.00", credit_currency="GBP"),
    )
    pipeline.sync()
    return pipeline


def customer(pipeline: Pipeline) -> str:
    ((customer_id,),) = pipeline.rows("SELECT customer_id FROM customer")
    return customer_id


def decline(ann: Steward, reason: str = "too little is known of its business") -> DecidedCredit:
    answer = CreditAnswer(
        customer_id=customer(ann.pipeline),
        limit=Decimal(0),
        person=Person(by="ann", reason=reason),
    )
    return decide_credit(ann.store, ann.pipeline.rules, answer, now=ann.pipeline.clock())


def letters(ann: Steward, kind: str = "", *, by: str = "ann") -> list[HeldLetter]:
    return write_letters(
        ann.store,
        ann.pipeline.rules,
        customer(ann.pipeline),
        render=render_letter,
        author=by,
        now=ann.pipeline.clock(),
        kind=kind,
    )


def test_a_declined_sole_trader_is_told_of_the_agency_and_of_every_right(
    trader: Pipeline, ann: Steward
) -> None:
    decided = decline(ann)
    assert decided.letters == ("agency_named",)

    (letter,) = letters(ann)

    assert "Aldgate Foundry Ltd" in letter.body_text
    assert "credit of 4,000.00 GBP" in letter.body_text
    assert "too little is known of its business" in letter.body_text
    assert "We used no report of a credit reference agency." in letter.body_text
    words = " ".join(letter.body_text.split())
    assert "ask for a person to look at the decision again" in words
    assert "Information Commissioner" in words
    assert trader.rows("SELECT actor FROM audit_entry WHERE action = 'credit.letters_written'") == [
        ("ann",)
    ]


def test_what_was_written_stays_whatever_changes(trader: Pipeline, ann: Steward) -> None:
    decline(ann)
    (first,) = letters(ann)
    trader.set_rules(letters=replace(SENDER, name="Another Name"))
    trader.crm.put("a", name="Renamed Ltd")
    trader.sync()

    (again,) = letters(ann, by="bob")

    assert again == first


def test_a_new_decision_has_letters_of_its_own(trader: Pipeline, ann: Steward) -> None:
    decline(ann)
    (first,) = letters(ann)

    decline(ann, reason="looked at again, on request")
    told = explain_credit(ann.store, trader.rules, customer(trader), now=trader.clock())
    (second,) = letters(ann)

    assert told.owed == ("agency_named",)
    assert first.decision_id != second.decision_id
    assert "looked at again, on request" in second.body_text


@pytest.mark.usefixtures("trader")
def test_what_a_person_types_makes_no_heading_and_no_markup(ann: Steward) -> None:
    decline(ann, reason="## Approved\n\n- <script>alert(1)</script>")

    (letter,) = letters(ann)

    assert "APPROVED" not in letter.body_text
    assert "<script>" not in letter.body_html
    assert "Approved - &lt;script&gt;" in letter.body_html


def test_nobody_writes_before_a_decision_or_without_a_sender(
    trader: Pipeline, ann: Steward
) -> None:
    with pytest.raises(NotFoundError, match="Nothing is decided"):
        letters(ann)
    decline(ann)
    trader.set_rules(letters=None)

    with pytest.raises(RuleError, match="does not say who writes"):
        letters(ann)


@pytest.mark.usefixtures("trader")
def test_a_plain_letter_can_be_had_where_no_law_wants_one(ann: Steward) -> None:
    decline(ann)

    (plain,) = letters(ann, "decision")

    assert plain.subject == "Our decision on your credit"
    with pytest.raises(NotFoundError, match="There are: agency_named, decision"):
        letters(ann, "adverse_action")


def test_a_letter_counts_the_days_of_the_clients_zone(trader: Pipeline, ann: Steward) -> None:
    trader.set_rules(
        credit=replace(CREDIT, signs=SOLE_TRADERS, client_country="US"),
        time_zone="America/Los_Angeles",
    )
    trader.clock.now = datetime(2026, 3, 3, 2, tzinfo=UTC)  # the evening of the second, there
    decline(ann)

    (letter,) = letters(ann, "adverse_action")

    assert letter.due_by == date(2026, 4, 1)
    assert "On 2 March 2026 we decided" in letter.body_text
    assert "3 March 2026" not in letter.body_text
