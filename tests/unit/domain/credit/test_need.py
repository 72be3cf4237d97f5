from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from credit_policies import COMPANY, NOON, POLICY
from mastersync.domain.credit.events import AgencyEvent
from mastersync.domain.credit.internal import InternalStanding
from mastersync.domain.credit.model import LastReport
from mastersync.domain.credit.need import Need, NeedReason, need_of, why_used_again
from mastersync.domain.credit.policy import Occasions

HELD = LastReport(
    report_id=7,
    ordered_at=NOON - timedelta(days=30),
    valid_until=NOON + timedelta(days=150),
    asked_limit=Decimal(1000),
    exposure=Decimal(100),
)
WATCHFUL = replace(
    POLICY, occasions=Occasions(limit_rise=Decimal("0.2"), exposure_share=Decimal("0.9"))
)


def need(
    *,
    last: LastReport | None = HELD,
    policy=WATCHFUL,
    standing: InternalStanding | None = None,
    events: tuple[AgencyEvent, ...] = (),
    is_new: bool = False,
    **changes: str,
) -> Need | None:
    return need_of(
        {**COMPANY, **changes},
        policy,
        last=last,
        standing=standing,
        events=events,
        is_new=is_new,
        now=NOON,
    )


def open_amount(amount: int, currency: str = "GBP") -> InternalStanding:
    return InternalStanding(currency=currency, exposure=Decimal(amount))


def event(days_ago: int) -> AgencyEvent:
    return AgencyEvent(
        event_id="e1",
        agency="creditsafe",
        company_reference="GB-1",
        kind="Rating",
        happened_at=NOON - timedelta(days=days_ago),
    )


def test_a_new_customer_that_asks_for_enough_needs_a_report() -> None:
    found = need(last=None, is_new=True)

    assert found == Need(reason=NeedReason.NEW_CUSTOMER, words="The customer is new.")


def test_one_that_was_never_checked_needs_one_too() -> None:
    found = need(last=None)

    assert found is not None
    assert (found.reason, "No report" in found.words) == (NeedReason.REPORT_AGE, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"country": "FR"},
        {"country": ""},
        {"party_type": ""},
        {"credit_limit": "999.99"},
        {"credit_limit": ""},
        {"credit_limit": "a lot"},
        {"credit_limit": "NaN"},
    ],
)
def test_who_is_outside_the_policy_is_not_checked(changes: dict[str, str]) -> None:
    assert need(last=None, is_new=True, **changes) is None


def test_a_kind_of_customer_that_the_client_does_not_have_checked_is_not() -> None:
    policy = replace(POLICY, party_types=frozenset({"company"}))

    assert need(last=None, policy=policy, party_type="person") is None


@pytest.mark.parametrize(("days", "wanted"), [(1, False), (0, True), (-1, True)])
def test_a_report_is_bought_again_from_the_moment_it_ends(days: int, *, wanted: bool) -> None:
    found = need(last=replace(HELD, valid_until=NOON + timedelta(days=days)))

    assert (found is not None) is wanted
    if found is not None:
        assert found.reason is NeedReason.REPORT_AGE
        assert "Report 7 was good until" in found.words


@pytest.mark.parametrize(("asked", "wanted"), [("1200", False), ("1200.01", True), ("900", False)])
def test_a_limit_that_rose_by_more_than_the_share_wants_a_new_one(
    asked: str, *, wanted: bool
) -> None:
    policy = replace(WATCHFUL, minimum_requested_limit=Decimal(0))
    found = need(policy=policy, credit_limit=asked)

    assert (found is not None and found.reason is NeedReason.LIMIT_CHANGE) is wanted


def test_a_rise_is_no_occasion_unless_the_client_says_so() -> None:
    assert need(policy=POLICY, credit_limit="999999") is None


def test_a_limit_of_which_nobody_noted_what_it_was_is_no_rise() -> None:
    assert need(last=replace(HELD, asked_limit=None), credit_limit="999999") is None


@pytest.mark.parametrize(("amount", "wanted"), [(900, False), (901, True)])
def test_an_exposure_that_came_over_its_share_of_the_limit_wants_one(
    amount: int, *, wanted: bool
) -> None:
    found = need(standing=open_amount(amount))

    assert (found is not None and found.reason is NeedReason.EXPOSURE) is wanted


def test_an_exposure_that_was_over_it_already_does_not_want_one_in_every_run() -> None:
    assert need(last=replace(HELD, exposure=Decimal(950)), standing=open_amount(990)) is None


def test_an_exposure_in_another_currency_is_compared_with_nothing() -> None:
    assert need(standing=open_amount(5000, currency="EUR")) is None


def test_a_change_that_the_agency_told_of_since_wants_one() -> None:
    found = need(events=(event(1), event(29)))

    assert found is not None
    assert found.reason is NeedReason.EVENT
    assert found.words.startswith("Creditsafe told on 2026-03-01 of: Rating; report 7")


def test_events_are_no_occasion_where_the_client_says_so() -> None:
    policy = replace(POLICY, occasions=Occasions(events=False))

    assert need(policy=policy, events=(event(1),)) is None


def test_why_a_report_is_used_again_names_it_and_its_end() -> None:
    assert why_used_again(HELD).startswith("Report 7 of 2026-01-31 is good until 2026-07-30")
