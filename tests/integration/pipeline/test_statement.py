"""Our orders held against the agency's statement: a ticket for what one side does not know."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mastersync.domain.credit.ledger import Charge, LedgerReading
from mastersync.domain.credit.months import Month
from mastersync.usecases.compare_statement import Statement, compare_statement
from pipelines import CREDIT, Pipeline, company

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}


@pytest.fixture
def ordered(pipeline: Pipeline) -> Pipeline:
    """A client with one report, an hour and a half ago."""
    pipeline.set_rules(credit=CREDIT)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **WANTED))
    pipeline.sync()
    pipeline.clock.push(minutes=90)
    return pipeline


def effect_id(pipeline: Pipeline) -> str:
    ((found,),) = pipeline.rows("SELECT effect_id FROM effect WHERE kind = 'credit_order'")
    return str(found)


def line(pipeline: Pipeline, reference: str, name: str = "line-1") -> Charge:
    return Charge(
        charge_id=name,
        company_reference="GB-1",
        our_reference=reference,
        charged_at=pipeline.clock.now - timedelta(minutes=80),
    )


def compare(pipeline: Pipeline, *charges: Charge, units: int | None = None) -> Statement:
    now = pipeline.clock()
    pipeline.creditsafe.ledger = LedgerReading(
        read_at=now, charges=None if units is not None else charges, used_units=units
    )
    month = Month(name="2026-11", since=now - timedelta(days=9), until=now + timedelta(days=9))
    return compare_statement(
        pipeline.store, pipeline.creditsafe, month, lag=timedelta(minutes=30), now=now
    )


def test_a_statement_that_agrees_raises_nothing(ordered: Pipeline) -> None:
    found = compare(ordered, line(ordered, effect_id(ordered)))

    assert (len(found.orders), len(found.charges or ())) == (1, 1)
    assert found.differences.are_none
    assert ordered.tickets() == []


def test_a_charge_that_we_do_not_know_has_a_ticket_until_it_is_taken_back(
    ordered: Pipeline,
) -> None:
    ours = line(ordered, effect_id(ordered))

    found = compare(ordered, ours, line(ordered, "somebody", "line-9"))
    compare(ordered, ours, line(ordered, "somebody", "line-9"))

    assert [charge.charge_id for charge in found.differences.unknown_charges] == ["line-9"]
    assert ordered.tickets() == ["credit:creditsafe:unknown_charges:2026-11"]
    assert ordered.rows("SELECT count(*) FROM agency_charge") == [(2,)]


def test_a_report_that_was_not_charged_has_a_ticket_until_it_is(ordered: Pipeline) -> None:
    compare(ordered)
    assert ordered.tickets() == ["credit:creditsafe:not_charged:2026-11"]

    compare(ordered, line(ordered, effect_id(ordered)))

    assert ordered.tickets() == []


def test_a_bill_for_an_order_that_was_refused_has_a_ticket(pipeline: Pipeline) -> None:
    pipeline.set_rules(credit=CREDIT)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.creditsafe.faults = ["refused"]
    pipeline.crm.put("a", **company("aldgate", **WANTED))
    pipeline.sync()

    compare(pipeline, line(pipeline, effect_id(pipeline)))

    assert "credit:creditsafe:refused_but_charged:2026-11" in pipeline.tickets()


def test_an_order_that_was_charged_twice_has_a_ticket(ordered: Pipeline) -> None:
    reference = effect_id(ordered)

    compare(ordered, line(ordered, reference), line(ordered, reference, "line-2"))

    assert ordered.tickets() == ["credit:creditsafe:charged_twice:2026-11"]


def test_a_meter_that_moved_by_more_than_was_ordered_has_a_ticket(ordered: Pipeline) -> None:
    compare(ordered, units=100)
    ordered.clock.push(hours=1)

    found = compare(ordered, units=102)

    assert found.differences.unexplained_units == 2
    assert ordered.tickets() == ["credit:creditsafe:meter:2026-11"]


def test_a_meter_that_moved_by_what_was_ordered_raises_nothing(ordered: Pipeline) -> None:
    compare(ordered, units=100)
    ordered.creditsafe.known["02234562"] = "GB-2"
    ordered.crm.put("b", **company("brixton", **WANTED))
    ordered.creditsafe.ledger = replace(ordered.creditsafe.ledger, used_units=100)
    ordered.sync()
    ordered.clock.push(hours=1)

    found = compare(ordered, units=101)

    assert (found.used_units, found.differences.are_none) == (1, True)


def test_an_agency_that_tells_nothing_is_said_to(ordered: Pipeline) -> None:
    now = ordered.clock()
    ordered.creditsafe.ledger = None
    month = Month(name="2026-11", since=now - timedelta(days=9), until=now + timedelta(days=9))

    found = compare_statement(
        ordered.store, ordered.creditsafe, month, lag=timedelta(minutes=30), now=now
    )

    assert (found.is_told, found.differences.are_none) == (False, True)
