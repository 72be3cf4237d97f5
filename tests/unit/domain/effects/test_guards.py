from dataclasses import replace
from decimal import Decimal

import pytest

from mastersync.domain.effects.guards import (
    GuardPolicy,
    Limits,
    Measure,
    PlanPart,
    PlanSize,
    tripped,
)

POLICY = GuardPolicy(
    max_updates=10,
    max_creates=5,
    max_clears=2,
    max_merges=1,
    max_mails=3,
    max_orders=4,
    max_money=Decimal("18.00"),
    max_share_of_base=0.5,
)


def size(base: int = 20, currency: str = "EUR", **counts: int) -> PlanSize:
    """A plan of so many of each measure, each of another customer."""
    parts = [
        PlanPart(
            measure=Measure(measure),
            count=count,
            customers=count,
            cost=count * Decimal("4.50") if measure == "orders" else Decimal(0),
        )
        for measure, count in counts.items()
    ]
    return PlanSize(base=base, currency=currency, parts=tuple(parts))


AT_THE_LIMIT = {"updates": 10, "creates": 5, "clears": 2, "merges": 1, "mails": 3, "orders": 4}


def test_a_plan_at_its_limits_goes_out() -> None:
    assert tripped(size(**AT_THE_LIMIT), POLICY) == ()


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"updates": 11, "base": 100}, "11 updates, limit 10"),
        ({"creates": 6}, "6 creates, limit 5"),
        ({"clears": 3}, "3 clears, limit 2"),
        ({"merges": 2}, "2 merges, limit 1"),
        ({"mails": 4}, "4 mails, limit 3"),
        ({"base": 16}, "updates for 62.5% of all customers, limit 50.0%"),
    ],
)
def test_each_limit_holds_by_itself_and_says_so(over: dict[str, int], words: str) -> None:
    assert tripped(size(**{**AT_THE_LIMIT, **over}), POLICY) == (words,)


def test_money_is_a_limit_of_its_own() -> None:
    assert tripped(size(orders=5), replace(POLICY, max_orders=None)) == (
        "orders for 22.50 EUR, limit 18.00 EUR",
    )


def test_every_limit_that_is_passed_is_named() -> None:
    everything = size(updates=11, creates=6, clears=3, merges=2, mails=4, orders=5)

    assert len(tripped(everything, POLICY)) == 8


@pytest.mark.parametrize("measure", ["updates", "creates", "clears", "merges", "mails", "orders"])
def test_a_limit_of_none_at_all_stops_the_first_and_lets_nothing_at_all_pass(measure: str) -> None:
    none_allowed = GuardPolicy(**{f"max_{measure}": 0})

    assert tripped(size(**{measure: 1}), none_allowed) == (f"1 {measure}, limit 0",)
    assert tripped(size(), none_allowed) == ()


def test_a_share_of_none_at_all_stops_the_first() -> None:
    assert tripped(size(creates=1), GuardPolicy(max_creates_share=0.0)) == (
        "creates for 5.0% of all customers, limit 0.0%",
    )


def test_a_customer_updated_in_two_systems_is_one_customer_of_the_base() -> None:
    both = PlanPart(measure=Measure.UPDATES, count=20, customers=10)

    assert tripped(PlanSize(base=20, parts=(both,)), GuardPolicy(max_share_of_base=0.5)) == ()


def test_a_client_without_customers_trips_no_share() -> None:
    assert tripped(size(base=0), replace(POLICY, max_share_of_base=0.0)) == ()


def test_a_target_has_limits_of_its_own() -> None:
    crm, erp = (
        PlanPart(measure=Measure.UPDATES, target=target, count=4, customers=4)
        for target in ("crm", "erp")
    )
    all_of_it = PlanPart(measure=Measure.UPDATES, count=8, customers=8)
    plan = PlanSize(base=20, parts=(crm, erp, all_of_it))
    policy = GuardPolicy(max_updates=8, targets={"erp": Limits(max_updates=3)})

    assert tripped(plan, policy) == ("erp: 4 updates, limit 3",)
    assert plan.targets == ("crm", "erp")
