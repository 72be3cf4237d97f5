"""What a decision rests on, and when it no longer does."""

from decimal import Decimal

import pytest

from mastersync.domain.credit.case import basis_of, rests_on

BASIS = basis_of(7, Decimal(4000), "GBP")


@pytest.mark.parametrize(
    ("report_id", "requested", "currency", "still"),
    [
        (7, "4000", "GBP", True),
        (8, "4000", "GBP", False),
        (7, "5000", "GBP", False),
        (7, "1000", "GBP", True),  # what was decided, as it comes back from the systems
        (7, "1000", "", True),  # of which some hold no currency
        (7, "1000", "EUR", False),
        (8, "1000", "GBP", False),
    ],
)
def test_a_decision_rests_on_the_report_and_on_what_was_asked_for(
    report_id: int, requested: str, currency: str, *, still: bool
) -> None:
    found = rests_on(
        BASIS,
        Decimal(1000),
        "GBP",
        report_id=report_id,
        requested=Decimal(requested),
        currency=currency,
    )

    assert found is still
