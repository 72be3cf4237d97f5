from dataclasses import replace

import pytest

from mastersync.domain.effects.guards import GuardPolicy, PlanSize, tripped

POLICY = GuardPolicy(max_updates=10, max_creates=5, max_mails=3, max_share_of_base=0.5)
AT_THE_LIMIT = PlanSize(updates=10, creates=5, mails=3, updated_customers=5, customers=10)


def test_a_plan_at_its_limits_goes_out() -> None:
    assert tripped(AT_THE_LIMIT, POLICY) == ()


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ({"updates": 11}, "11 updates, limit 10"),
        ({"creates": 6}, "6 creates, limit 5"),
        ({"mails": 4}, "4 mails, limit 3"),
        ({"updated_customers": 6}, "updates to 60% of all customers, limit 50%"),
    ],
)
def test_each_limit_holds_by_itself_and_says_so(size: dict[str, int], words: str) -> None:
    assert tripped(replace(AT_THE_LIMIT, **size), POLICY) == (words,)


def test_every_limit_that_is_passed_is_named() -> None:
    size = PlanSize(updates=11, creates=6, mails=4, updated_customers=9, customers=10)

    assert len(tripped(size, POLICY)) == 4


def test_a_customer_updated_in_two_systems_is_one_customer_of_the_base() -> None:
    whole_base = PlanSize(updates=20, updated_customers=10, customers=10)

    assert tripped(whole_base, GuardPolicy(max_updates=99, max_creates=0, max_mails=0)) == ()


def test_a_client_without_customers_trips_no_share() -> None:
    assert tripped(PlanSize(), replace(POLICY, max_share_of_base=0.0)) == ()
