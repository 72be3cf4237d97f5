from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from mastersync.domain.credit.model import AgencyCompany, CreditSubject, LastReport
from mastersync.domain.credit.policy import CreditPolicy, choose_company, is_due

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
POLICY = CreditPolicy(
    agency="creditsafe",
    countries=frozenset({"GB"}),
    party_types=frozenset({"company"}),
    minimum_requested_limit=Decimal(1000),
    valid_for_days=180,
    price=Decimal("3.50"),
    currency="GBP",
    max_orders_per_run=5,
    max_orders_per_month=100,
    purpose="Trade credit",
    authority="Agreement 2026",
    budget="70 a run",
)
COMPANY = {"country": "GB", "party_type": "company", "credit_limit": "1000.00"}
SUBJECT = CreditSubject(customer_id="C-1", name="Acme", country="GB", registration_number="0123")
FOUND = AgencyCompany(reference="r1", name="ACME", registration_number="0123", is_active=True)


def due(**changes: str) -> bool:
    return is_due({**COMPANY, **changes}, POLICY, last=None, now=NOON)


def test_a_company_that_asks_for_enough_is_checked() -> None:
    assert due()


@pytest.mark.parametrize(
    "changes",
    [
        {"country": "DE"},
        {"country": ""},
        {"party_type": "person"},
        {"party_type": ""},
        {"credit_limit": "999.99"},
        {"credit_limit": ""},
        {"credit_limit": "a lot"},
    ],
)
def test_who_is_outside_the_policy_is_not_checked(changes: dict[str, str]) -> None:
    assert not due(**changes)


@pytest.mark.parametrize(("days", "wanted"), [(1, False), (0, True), (-1, True)])
def test_a_report_is_bought_again_from_the_moment_it_ends(days: int, *, wanted: bool) -> None:
    last = LastReport(report_id=1, ordered_at=NOON, valid_until=NOON + timedelta(days=days))

    assert is_due(COMPANY, POLICY, last=last, now=NOON) is wanted


@pytest.mark.parametrize("written", ["0123", "123", "01-23", " 0123 ", "00123"])
def test_the_same_registration_number_in_another_spelling_is_the_company(written: str) -> None:
    assert choose_company(SUBJECT, [replace(FOUND, registration_number=written)]) is not None


@pytest.mark.parametrize(
    "found",
    [
        [],
        [replace(FOUND, registration_number="9999")],
        [replace(FOUND, registration_number="")],
        [replace(FOUND, is_active=False)],
        [FOUND, replace(FOUND, reference="r2")],
    ],
)
def test_anything_weaker_is_for_a_person(found: list[AgencyCompany]) -> None:
    assert choose_company(SUBJECT, found) is None


def test_a_customer_without_a_registration_number_is_never_guessed() -> None:
    nameless = replace(SUBJECT, registration_number="")

    assert choose_company(nameless, [replace(FOUND, registration_number="")]) is None


def test_an_inactive_namesake_does_not_make_it_doubtful() -> None:
    dissolved = replace(FOUND, reference="r2", is_active=False)

    assert choose_company(SUBJECT, [dissolved, FOUND]) == FOUND
