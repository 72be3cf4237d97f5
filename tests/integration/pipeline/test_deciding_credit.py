"""Limits and terms: recommended by the client's rules, decided by them or by a person."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lending import TERMS, customer, decide, decisions, lend, told
from mastersync.domain.credit.internal import InternalSource, StopRules
from mastersync.domain.credit.recommendation import LimitOf, LimitRule, TermsRule
from mastersync.domain.credit.subjects import SubjectSigns
from mastersync.errors import RuleError
from mastersync.usecases.explain_credit import explain_credit
from outsiders import holds
from pipelines import CREDIT, Pipeline
from stewards import Steward


@pytest.fixture
def lending(pipeline: Pipeline) -> Pipeline:
    return lend(pipeline)


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
    all_asked = TermsRule(
        holds=lambda said: not said["rating"],
        asks="not rating",
        limit=LimitRule(of=LimitOf.REQUESTED),
        clause="5.1",
    )
    lending.set_rules(
        credit=replace(CREDIT, signs=signs, waits_when_refused=False),
        terms=replace(TERMS, rules=(all_asked,)),
    )
    lending.crm.put("a", payment_terms="SOLE")

    lending.sync()

    assert decisions(lending) == []
    ((outcome, evidence),) = lending.rows("SELECT outcome, evidence FROM credit_recommendation")
    assert (outcome, evidence["subject_type"]) == ("accepted", "sole_trader")
    assert "a person decides" in " ".join(evidence["a_person_decides_because"])


def test_who_goes_on_without_a_report_by_the_file_is_not_asked_about(lending: Pipeline) -> None:
    lending.set_rules(credit=replace(CREDIT, waits_when_unknown=False))
    lending.creditsafe.known.clear()

    lending.sync()

    assert lending.states("crm", "a") == ["applied"]
    assert (lending.tickets(), decisions(lending)) == ([], [])


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


def test_whom_the_ledger_speaks_against_is_recommended_on_without_a_report(
    lending: Pipeline, ann: Steward
) -> None:
    ledger = InternalSource(system="crm", currency="GBP", overdue="due")
    stop = StopRules(overdue_above=Decimal(100))
    lending.set_rules(credit=replace(CREDIT, internal=ledger, stop_when=stop))
    lending.crm.put("a", due="950.00")
    lending.sync()

    ((outcome, evidence),) = lending.rows("SELECT outcome, evidence FROM credit_recommendation")
    assert (outcome, evidence["standing"]["overdue"]) == ("open", "950")
    assert "950.00 GBP is overdue." in evidence["speaks_against"]
    assert lending.tickets() == [f"credit:decide:{customer(lending)}"]
    decide(ann, "500", terms="PREPAID")
    lending.sync()
    lending.sync()

    assert lending.creditsafe.orders == []
    assert lending.golden("crm", "a")["credit_limit"] == "500"
    assert (lending.tickets(), len(decisions(lending))) == ([], 1)


def test_a_person_decides_where_the_law_lets_no_report_be_bought(
    lending: Pipeline, ann: Steward
) -> None:
    signs = SubjectSigns(sole_trader_codes={"payment_terms": frozenset({"SOLE"})})
    lending.set_rules(credit=replace(CREDIT, signs=signs), terms=None)
    lending.crm.put("a", payment_terms="SOLE")
    lending.sync()
    assert lending.states("crm", "a") == ["waiting"]

    decide(ann, "4000")
    lending.sync()

    assert lending.creditsafe.orders == []
    assert lending.states("crm", "a") == ["applied"]
    assert lending.golden("crm", "a")["credit_limit"] == "4000"
    assert lending.tickets() == []


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


def test_the_credit_of_who_waits_is_shown_as_it_waits(lending: Pipeline) -> None:
    lending.crm.put("a", credit_limit="8000.00")
    lending.sync()

    told = explain_credit(lending.store, lending.rules, customer(lending), now=lending.clock())

    assert told.judged.case.requested == 8000
    assert told.judged.recommendation.limit == 4500
    assert told.judged.authority.words == ("It is less than was asked for.",)
    assert (told.purse.left, told.purse.currency) == (Decimal("346.50"), "GBP")
    assert told.judged.addressed_to[0] == "Aldgate Foundry Ltd"


def cause(lending: Pipeline) -> str:
    ((cause,),) = lending.rows("SELECT cause FROM ticket WHERE state = 'open'")
    return cause


def refused(lending: Pipeline, ann: Steward) -> Pipeline:
    """Ann has refused what the CRM goes on asking for."""
    lending.creditsafe.rating = "D"
    lending.sync()
    decide(ann, reason="their parent is insolvent")
    lending.sync()
    lending.crm.put("a", credit_limit="4000.00")
    lending.creditsafe.rating = "A"
    return lending


def test_a_refusal_of_a_person_stands_though_a_newer_report_speaks_for_it(
    lending: Pipeline, ann: Steward
) -> None:
    refused(lending, ann)
    told(lending, lending.clock.now)

    for _ in range(2):
        lending.sync()

    assert lending.creditsafe.orders == ["GB-1", "GB-1"]
    assert [row[4] for row in decisions(lending)] == ["ann"]
    assert lending.golden("crm", "a")["credit_limit"] == "0"
    assert lending.tickets() == [f"credit:decide:{customer(lending)}"]
    assert "recommend 4,000.00 GBP, payment terms NET30" in cause(lending)
    assert "ann decided on 2 March 2026 (credit decision 1): nothing." in cause(lending)
    assert "That stands until 29 August 2026" in cause(lending)
    decide(ann, reason="the parent was bought")
    lending.sync()
    assert lending.golden("crm", "a")["credit_limit"] == "4000"
    assert lending.tickets() == []


def test_a_lower_limit_of_a_person_stands_when_less_is_asked_for(
    lending: Pipeline, ann: Steward
) -> None:
    lending.crm.put("a", credit_limit="8000.00")
    lending.sync()
    decide(ann, "1500")
    lending.sync()
    lending.crm.put("a", credit_limit="4000.00")

    lending.sync()

    assert len(decisions(lending)) == 1
    assert lending.golden("crm", "a")["credit_limit"] == "1500"
    assert "(credit decision 1): 1,500.00 GBP." in cause(lending)
    lending.sync()
    assert len(lending.tickets()) == 1, "that the CRM holds our 1,500 again answers nobody"
    lending.crm.put("a", credit_limit="8000.00")
    lending.sync()
    assert lending.tickets() == [], "that was decided on"


def test_once_its_report_has_ended_a_persons_decision_gives_way_and_is_named(
    lending: Pipeline, ann: Steward
) -> None:
    refused(lending, ann)

    lending.sync(days=181)

    assert [row[:2] for row in decisions(lending)] == [("declined", 0), ("accepted", 4000)]
    ((reason,),) = lending.rows("SELECT reason FROM credit_decision WHERE is_automatic")
    assert "ann decided on 2 March 2026 (credit decision 1): nothing." in reason
    assert "That stood until 29 August 2026" in reason


def test_a_newer_report_that_says_what_a_person_decided_raises_no_question(
    lending: Pipeline, ann: Steward
) -> None:
    lending.crm.put("a", credit_limit="8000.00")
    lending.sync()
    decide(ann)
    lending.sync()
    told(lending, lending.clock.now)

    lending.sync()

    assert lending.creditsafe.orders == ["GB-1", "GB-1"]
    assert decisions(lending) == [("reduced", 4500, "NET30", False, "ann")]
    assert lending.tickets() == []


def test_the_amount_that_was_decided_in_another_currency_is_another_request(
    lending: Pipeline, ann: Steward
) -> None:
    lending.crm.put("a", credit_limit="8000.00")
    lending.sync()
    decide(ann, "1500")
    lending.sync()
    lending.crm.put("a", credit_limit="1500.00", credit_currency="EUR")

    lending.sync()

    asks = explain_credit(lending.store, lending.rules, customer(lending), now=lending.clock())
    assert (asks.judged.case.requested, asks.judged.case.currency) == (1500, "EUR")
    assert len(lending.tickets()) == 1
