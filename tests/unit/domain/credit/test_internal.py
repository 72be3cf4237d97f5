from decimal import Decimal

import pytest

from mastersync.domain.credit.internal import (
    InternalSource,
    StopRules,
    reasons_to_stop,
    standing_of,
)

LEDGER = InternalSource(
    system="erp",
    currency="EUR",
    exposure="open.total",
    overdue="open.overdue",
    days_late="late",
    authority="consent",
)


def test_the_accounts_of_a_customer_are_added_up_and_the_worst_delay_counts() -> None:
    standing = standing_of(
        [
            {"open": {"total": "1,200.50", "overdue": 100}, "late": 3},
            {"open": {"total": 99.5}, "late": "41", "consent": "form 7"},
        ],
        LEDGER,
    )

    assert standing is not None
    assert (standing.exposure, standing.overdue) == (Decimal(1300), Decimal(100))
    assert (standing.days_late, standing.disputed) == (Decimal(41), None)
    assert (standing.currency, standing.authority) == ("EUR", "form 7")


def test_without_an_account_nothing_is_known() -> None:
    assert standing_of([], LEDGER) is None


@pytest.mark.parametrize("said", ["lots", "NaN", True, {"amount": 1}, "1e9999999"])
def test_what_is_no_number_is_named_and_not_half_added(said: object) -> None:
    standing = standing_of([{"open": {"overdue": 5}}, {"open": {"overdue": said}}], LEDGER)

    assert standing is not None
    assert (standing.overdue, standing.unreadable) == (None, ("overdue",))
    assert reasons_to_stop(standing, StopRules(days_late_above=Decimal(1))) == ()
    assert reasons_to_stop(standing, StopRules(overdue_above=Decimal(1))) == (
        "what is given as overdue is no number",
    )


def test_each_limit_that_is_passed_is_a_reason_and_one_that_is_met_is_none() -> None:
    standing = standing_of([{"open": {"total": 500, "overdue": "100.01"}, "late": 60}], LEDGER)
    rules = StopRules(
        overdue_above=Decimal(100), days_late_above=Decimal(60), disputed_above=Decimal(0)
    )

    assert reasons_to_stop(standing, rules) == ("100.01 EUR overdue, limit 100",)
    assert reasons_to_stop(None, rules) == ()
