"""Orders that waited for a person: what let them be planned has to hold when they are placed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from mastersync.domain.credit.packs import OnRecord
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.credit.purpose import BasisDocument
from mastersync.domain.effects.model import EffectKind
from mastersync.domain.effects.outbox import EffectChoice
from mastersync.usecases.intervene import hold_effects, release_effects
from mastersync.usecases.release_plan import release_plan
from mastersync.usecases.resend_effect import resend_effect
from pipelines import CREDIT, Pipeline, company
from stores import NOON

WANTED = {"credit_limit": "5000.00", "credit_currency": "GBP"}
MEMBERSHIP = BasisDocument(
    kind=OnRecord.MEMBERSHIP, reference="SCOR 2026", valid_until=date(2026, 3, 4)
)
ON_RECORD = (BasisDocument(kind=OnRecord.NOTICE, reference="Notice v3"), MEMBERSHIP)
ASKS = replace(CREDIT, basis=ON_RECORD, budget=replace(CREDIT.budget, approve_above=Decimal(1)))
ORDERS = "SELECT state, problem FROM effect WHERE kind = 'credit_order' ORDER BY customer_id"


@pytest.fixture
def approving(pipeline: Pipeline) -> Pipeline:
    """Each order waits for a person; one is planned, of a sole trader."""
    pipeline.set_rules(credit=ASKS)
    pipeline.creditsafe.known["01234561"] = "GB-1"
    pipeline.crm.put("a", **company("aldgate", **WANTED, name="Anna Blum, sole trader"))
    return pipeline


def approve(pipeline: Pipeline, *, after_days: float) -> None:
    """A person lets the first run's orders go after some days, and they are delivered."""
    pipeline.clock.push(days=after_days)
    release_plan(pipeline.store, run_id="r1", actor="olga", hold={}, now=pipeline.clock())
    pipeline.deliver()


def goes_on(pipeline: Pipeline, **changes: object) -> None:
    """The client's file is changed, and nobody is asked any more."""
    budget = replace(CREDIT.budget, approve_above=None)
    pipeline.set_rules(credit=replace(CREDIT, **{"basis": ON_RECORD, "budget": budget, **changes}))
    pipeline.sync()


def test_an_order_is_placed_on_the_last_day_of_what_it_rests_on(approving: Pipeline) -> None:
    approving.sync()

    approve(approving, after_days=2)

    assert approving.creditsafe.orders == ["GB-1"]


def test_an_order_is_not_placed_once_a_document_has_ended(approving: Pipeline) -> None:
    approving.sync()

    approve(approving, after_days=3)

    assert approving.creditsafe.orders == []
    ((state, problem),) = approving.rows(ORDERS)
    assert (state, "it ended on 2026-03-04" in problem) == ("cancelled", True)
    assert "credit:law:expired:membership:sole_trader:GB" in approving.tickets()
    renewed = replace(MEMBERSHIP, valid_until=date(2027, 3, 4))
    goes_on(approving, basis=(ON_RECORD[0], renewed))
    assert approving.creditsafe.orders == ["GB-1"]
    assert (approving.states("crm", "a"), approving.tickets()) == (["applied"], [])
    assert asked_first(approving) == asked(approving)[-1], "before, it was not asked"


def test_an_agency_that_was_asked_in_vain_was_asked_also_when_the_order_is_planned_anew(
    approving: Pipeline,
) -> None:
    approving.sync()
    approving.creditsafe.faults = ["retry"]
    approve(approving, after_days=1)
    approving.clock.push(days=3)
    goes_on(approving)  # the membership has ended

    renewed = replace(MEMBERSHIP, valid_until=date(2027, 3, 4))
    goes_on(approving, basis=(ON_RECORD[0], renewed))

    assert approving.creditsafe.orders == ["GB-1"]
    in_vain, not_sent, sent = asked(approving)
    assert in_vain < not_sent < sent
    assert asked_first(approving) == in_vain, "its clock stood still from then on"


def asked(pipeline: Pipeline) -> list[datetime]:
    """When each try of the order began."""
    found = pipeline.rows(
        "SELECT started_at FROM effect_attempt JOIN effect USING (client_id, effect_id)"
        " WHERE kind = 'credit_order' ORDER BY started_at"
    )
    return [at for (at,) in found]


def asked_first(pipeline: Pipeline) -> datetime | None:
    """Since when the first record's clock says that the agency was asked."""
    with pipeline.store.begin() as unit:
        waits = unit.sla.waits(unit.sla.cases(["version:1"], fields=[]))
    return min(filter(None, (wait.ordered_at for wait in waits)), default=None)


@pytest.mark.parametrize(
    "change",
    [
        {"authority": "Agreement 2027"},
        {"purpose": "Trade credit to new customers"},
        {"price": Decimal("4.00")},
        {"client_country": "HK"},
    ],
)
def test_an_order_is_placed_as_the_clients_file_is_then_or_not(
    approving: Pipeline, change: dict[str, object]
) -> None:
    approving.sync()
    approving.set_rules(credit=replace(ASKS, **change))

    approve(approving, after_days=1)

    assert approving.creditsafe.orders == []
    assert approving.rows(ORDERS)[0][0] == "cancelled"
    assert "credit:creditsafe:terms_changed" in approving.tickets()
    goes_on(approving, **change)
    assert approving.creditsafe.orders == ["GB-1"]
    assert approving.tickets() == []


def test_an_order_that_waits_is_planned_anew_by_the_clients_file_as_it_is(
    approving: Pipeline,
) -> None:
    approving.sync()
    approving.set_rules(credit=replace(ASKS, authority="Agreement 2027"))

    approving.sync()

    stated = "SELECT authority, state, run_id FROM effect WHERE kind = 'credit_order'"
    assert approving.rows(stated) == [("Agreement 2027", "held", "r2")]
    assert approving.tickets() == ["approval:r2"]


def test_an_order_that_a_person_holds_is_held_whatever_the_clients_file_says_since(
    approving: Pipeline,
) -> None:
    approving.sync()
    orders = EffectChoice(kind=EffectKind.CREDIT_ORDER)
    hold_effects(approving.store, orders, actor="ann", reason="asking", now=approving.clock())

    goes_on(approving, authority="Agreement 2027")

    assert approving.creditsafe.orders == []
    held = "SELECT state, held_for FROM effect WHERE kind = 'credit_order'"
    assert approving.rows(held) == [("held", "person")]
    release_effects(approving.store, orders, actor="ann", now=approving.clock())
    for _ in range(2):
        approving.sync()
    assert approving.creditsafe.orders == ["GB-1"]
    assert approving.rows("SELECT authority FROM effect WHERE kind = 'credit_order'") == [
        ("Agreement 2027",)
    ]
    assert approving.tickets() == []


def test_a_persons_hold_is_on_what_is_planned_anew_for_another_company(
    approving: Pipeline,
) -> None:
    approving.sync()
    orders = EffectChoice(kind=EffectKind.CREDIT_ORDER)
    hold_effects(approving.store, orders, actor="ann", reason="asking", now=approving.clock())
    approving.creditsafe.known["09234569"] = "GB-9"
    approving.crm.put("a", registration_number="09234569")

    goes_on(approving)

    assert approving.creditsafe.orders == []
    assert approving.rows(
        "SELECT state, held_for, after ->> 'company_reference' FROM effect"
        " WHERE kind = 'credit_order'"
    ) == [("held", "person", "GB-9")]
    assert approving.violations() == [], "its ticket still says who holds it"


def test_an_order_that_a_person_sends_again_is_planned_anew_once_its_terms_have_changed(
    approving: Pipeline,
) -> None:
    approving.creditsafe.faults = ["lost"]
    goes_on(approving)
    ((effect_id, state),) = approving.rows("SELECT effect_id, state FROM effect")
    assert state == "unknown"
    resend_effect(approving.store, effect_id, actor="olga", now=approving.clock())

    goes_on(approving, authority="Agreement 2027")

    assert approving.rows(ORDERS)[0][0] == "cancelled"
    assert "credit:creditsafe:terms_changed" in approving.tickets()
    with approving.store.begin() as unit:
        (tried,) = unit.agency_ledger.orders("creditsafe", since=NOON - timedelta(days=1))
    assert tried.resend_count == 1, "it may have been charged: the statement is held against it"
    approving.sync()
    assert approving.creditsafe.orders == ["GB-1", "GB-1"]
    assert approving.rows("SELECT authority, state FROM effect WHERE kind = 'credit_order'") == [
        ("Agreement 2027", "done")
    ]
    assert approving.tickets() == []


def test_a_budget_that_was_cut_since_is_kept(approving: Pipeline) -> None:
    approving.creditsafe.known["02234562"] = "GB-2"
    approving.crm.put("b", **company("brixton", **WANTED))
    approving.sync()
    cut: CreditPolicy = replace(ASKS, budget=replace(ASKS.budget, per_month=CREDIT.price))
    approving.set_rules(credit=cut)

    approve(approving, after_days=1)

    assert len(approving.creditsafe.orders) == 1
    assert sorted(state for state, _ in approving.rows(ORDERS)) == ["cancelled", "done"]
    assert "credit:creditsafe:budget" in approving.tickets()
    goes_on(approving)
    assert sorted(approving.creditsafe.orders) == ["GB-1", "GB-2"]
    assert approving.tickets() == []


def test_the_orders_of_an_agency_that_was_left_are_withdrawn(approving: Pipeline) -> None:
    approving.sync()
    approving.set_rules(credit=replace(ASKS, agency="dnb"))
    approving.creditsafe.name = "dnb"

    approving.sync()

    assert approving.rows(
        "SELECT target, state, problem FROM effect WHERE kind = 'credit_order' ORDER BY 1"
    ) == [
        ("creditsafe", "cancelled", "the client's agency is dnb now"),
        ("dnb", "held", None),
    ]
    assert approving.tickets() == ["approval:r2"]
    goes_on(approving, agency="dnb")
    assert (approving.creditsafe.orders, approving.tickets()) == (["GB-1"], [])


def test_the_orders_of_a_client_that_checks_nobody_any_more_are_withdrawn(
    approving: Pipeline,
) -> None:
    approving.sync()
    approving.set_rules(credit=None)

    approving.sync()

    assert approving.rows(ORDERS) == [("cancelled", "the client has no credit checks any more")]
    assert (approving.states("crm", "a"), approving.tickets()) == (["applied"], [])
