"""Orders of unknown outcome, settled by what the agency says that it charged."""

import pytest

from mastersync.domain.credit.ledger import Charge, LedgerReading
from mastersync.errors import PermanentError, RetryableError
from pipelines import CREDIT, Pipeline, company

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}
ORDERS = "SELECT state FROM effect WHERE kind = 'credit_order' ORDER BY planned_at"


@pytest.fixture
def lost(pipeline: Pipeline) -> Pipeline:
    """A client one of whose orders was lost on the way."""
    pipeline.set_rules(credit=CREDIT)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **WANTED))
    return pipeline


def effect_id(pipeline: Pipeline) -> str:
    ((found,),) = pipeline.rows("SELECT effect_id FROM effect WHERE kind = 'credit_order'")
    return str(found)


def says(pipeline: Pipeline, *references: str) -> None:
    """Let the agency's statement have lines with these references."""
    pipeline.creditsafe.ledger = LedgerReading(
        read_at=pipeline.clock.now,
        charges=tuple(
            Charge(
                charge_id=f"line-{number}",
                company_reference="GB-1",
                our_reference=reference,
                charged_at=pipeline.clock.now,
            )
            for number, reference in enumerate(references)
        ),
    )


def meter(pipeline: Pipeline, units: int) -> None:
    pipeline.creditsafe.ledger = LedgerReading(read_at=pipeline.clock.now, used_units=units)


def test_an_order_that_the_statement_lacks_was_never_placed_and_is_placed(lost: Pipeline) -> None:
    lost.creditsafe.faults = ["lost"]
    lost.sync()
    assert lost.rows(ORDERS) == [("unknown",)]
    says(lost)

    lost.sync()

    assert lost.rows(ORDERS) == [("done",)]
    assert lost.golden("crm", "a")["credit_rating"] == "A"
    assert lost.tickets() == []


def test_an_order_that_the_statement_has_is_never_placed_again(lost: Pipeline) -> None:
    lost.creditsafe.faults = ["lost"]
    lost.sync()
    says(lost, effect_id(lost))

    for _ in range(3):
        lost.sync()

    assert lost.creditsafe.orders == ["GB-1"]
    assert lost.rows(ORDERS) == [("failed",)]
    assert f"credit_order:creditsafe:charged:{effect_id(lost)}" in lost.tickets()
    assert not [cause for cause in lost.tickets() if ":unknown:" in cause]


def test_nothing_is_concluded_before_the_statement_is_surely_complete(lost: Pipeline) -> None:
    lost.creditsafe.faults = ["lost"]
    lost.sync()
    says(lost)

    lost.deliver(minutes=20)
    assert lost.rows(ORDERS) == [("unknown",)]
    lost.deliver(minutes=20)

    assert lost.rows(ORDERS) == [("done",)]


def test_a_meter_that_did_not_move_says_that_nothing_was_charged(lost: Pipeline) -> None:
    meter(lost, 412)
    lost.creditsafe.faults = ["lost"]
    lost.sync()

    lost.sync()

    assert lost.rows(ORDERS) == [("done",)]


def test_a_meter_that_moved_leaves_it_to_a_person_for_it_may_be_ours_or_anybodys(
    lost: Pipeline,
) -> None:
    meter(lost, 412)
    lost.creditsafe.faults = ["lost"]
    lost.sync()
    meter(lost, 413)

    lost.sync()

    assert lost.rows(ORDERS) == [("unknown",)]
    assert f"credit_order:creditsafe:unknown:{effect_id(lost)}" in lost.tickets()


def test_an_agency_without_a_ledger_leaves_it_to_a_person(lost: Pipeline) -> None:
    lost.creditsafe.faults = ["lost"]

    for _ in range(3):
        lost.sync()

    assert (lost.creditsafe.orders, lost.rows(ORDERS)) == (["GB-1"], [("unknown",)])


@pytest.mark.parametrize(
    ("error", "tickets"),
    [
        (RetryableError("Away.", next_step="Wait."), []),
        (PermanentError("No list.", next_step="Look."), ["credit:creditsafe:ledger"]),
    ],
)
def test_a_ledger_that_cannot_be_read_keeps_nobody_from_ordering(
    lost: Pipeline, monkeypatch: pytest.MonkeyPatch, error: Exception, tickets: list[str]
) -> None:
    meter(lost, 1)

    def fail(**_: object) -> LedgerReading:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(lost.creditsafe, "read_ledger", fail)
        lost.sync()
        assert lost.rows(ORDERS) == [("done",)]
        assert lost.tickets() == tickets

    lost.crm.put("a", phone="+442079460999")
    lost.sync(days=181)
    assert lost.tickets() == []


def test_the_report_of_another_company_is_not_kept_though_it_names_the_one_asked_for(
    lost: Pipeline,
) -> None:
    lost.creditsafe.registered_as = "99999999"

    lost.sync()

    assert lost.rows("SELECT count(*) FROM credit_report") == [(0,)]
    assert lost.rows(ORDERS) == [("failed",)]
