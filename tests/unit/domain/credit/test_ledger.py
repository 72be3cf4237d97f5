"""What an agency's statement and meter say of our orders."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from mastersync.domain.credit.ledger import (
    Charge,
    LedgerReading,
    PlacedOrder,
    compare_charges,
    compare_meter,
    judge_lost,
)
from mastersync.domain.effects.model import EffectState

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LAG = timedelta(minutes=30)
UNKNOWN, DONE, FAILED = EffectState.UNKNOWN, EffectState.DONE, EffectState.FAILED


def at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


def order(number: int, state: EffectState, minute: int = 0, **given: object) -> PlacedOrder:
    """An order that was tried for a minute."""
    values: dict[str, object] = {
        "effect_id": UUID(int=number),
        "customer_id": f"C-{number}",
        "company_reference": f"GB-{number}",
        "state": state,
        "started_at": at(minute),
        "ended_at": at(minute + 1),
    }
    return PlacedOrder(**values | given)


def charge(number: int, *, line: str = "") -> Charge:
    return Charge(
        charge_id=line or f"line-{number}",
        company_reference=f"GB-{number}",
        our_reference=str(UUID(int=number)),
        charged_at=NOON,
    )


def statement(*charges: Charge, minute: int = 60) -> LedgerReading:
    return LedgerReading(read_at=at(minute), charges=charges)


def meter(units: int, minute: int) -> LedgerReading:
    return LedgerReading(read_at=at(minute), used_units=units)


def uncharged(*found: object) -> list[int]:
    return [verdict.order.effect_id.int for verdict in found if not verdict.was_charged]


def test_a_statement_says_of_each_lost_order_whether_it_was_charged() -> None:
    orders = [order(1, UNKNOWN), order(2, UNKNOWN), order(3, DONE)]

    verdicts = judge_lost(orders, [], statement(charge(2), charge(3)), lag=LAG)

    assert uncharged(*verdicts) == [1]
    assert [v.charge.charge_id for v in verdicts if v.charge] == ["line-2"]


@pytest.mark.parametrize(("minute", "count"), [(30, 0), (31, 1)])
def test_a_statement_says_nothing_before_it_is_surely_complete(minute: int, count: int) -> None:
    verdicts = judge_lost([order(1, UNKNOWN)], [], statement(minute=minute), lag=LAG)

    assert len(verdicts) == count


def test_an_order_under_way_is_not_judged() -> None:
    assert judge_lost([order(1, UNKNOWN, ended_at=None)], [], statement(), lag=LAG) == []


@pytest.mark.parametrize(
    ("others", "units", "judged"),
    [
        ([], 100, [1]),  # it stood still
        ([], 101, []),  # ours, or somebody else's
        ([order(2, DONE, 5)], 101, [1]),
        ([order(2, DONE, 5)], 100, []),  # it lags: nothing is concluded
        ([order(2, FAILED, 5)], 100, [1]),
        ([order(2, FAILED, 5)], 101, []),  # perhaps charged although refused
        ([order(2, UNKNOWN, 5)], 100, [1, 2]),
        ([order(2, UNKNOWN, 5)], 101, []),  # one of the two, nobody can say which
        ([order(2, DONE, 5, ended_at=None)], 100, [1]),
    ],
)
def test_a_meter_only_says_that_nothing_was_charged(
    others: list[PlacedOrder], units: int, judged: list[int]
) -> None:
    verdicts = judge_lost([order(1, UNKNOWN), *others], [meter(100, -5)], meter(units, 60), lag=LAG)

    assert uncharged(*verdicts) == judged


def test_a_meter_that_was_not_read_before_says_nothing() -> None:
    assert judge_lost([order(1, UNKNOWN)], [], meter(100, 60), lag=LAG) == []


def test_a_charge_of_before_does_not_keep_a_later_order_from_being_judged() -> None:
    orders = [order(1, UNKNOWN), order(2, UNKNOWN, 120)]
    readings = [meter(100, -5), meter(101, 110)]

    verdicts = judge_lost(orders, readings, meter(101, 180), lag=LAG)

    assert uncharged(*verdicts) == [2]


def test_a_later_charge_does_not_either_when_the_meter_was_read_in_between() -> None:
    orders = [order(1, UNKNOWN), order(2, UNKNOWN, 120)]
    readings = [meter(100, -5), meter(100, 110)]

    verdicts = judge_lost(orders, readings, meter(101, 180), lag=LAG)

    assert uncharged(*verdicts) == [1]


def compare(orders: list[PlacedOrder], *charges: Charge):
    return compare_charges(orders, charges, read_at=at(60), lag=LAG)


def test_a_statement_and_orders_that_agree_have_no_differences() -> None:
    orders = [order(1, DONE), order(2, FAILED), order(3, UNKNOWN)]

    assert compare(orders, charge(1)).are_none


def test_a_charge_of_no_order_of_ours_is_found() -> None:
    assert [
        c.charge_id for c in compare([order(1, DONE)], charge(1), charge(9)).unknown_charges
    ] == ["line-9"]


def test_a_refused_order_that_was_charged_is_found_unless_it_is_known() -> None:
    orders = [order(1, FAILED), order(2, FAILED, is_known_charged=True)]

    assert list(compare(orders, charge(1), charge(2)).refused_but_charged) == [UUID(int=1)]


def test_a_second_charge_is_found_unless_a_person_had_it_placed_again() -> None:
    orders = [order(1, DONE), order(2, DONE, resend_count=1)]
    twice = [charge(1), charge(1, line="b"), charge(2), charge(2, line="c")]

    assert list(compare(orders, *twice).charged_twice) == [UUID(int=1)]


def test_a_report_that_was_not_charged_is_found_when_the_statement_is_complete() -> None:
    orders = [order(1, DONE), order(2, DONE, 50)]

    assert [one.effect_id.int for one in compare(orders).not_charged] == [1]


@pytest.mark.parametrize(
    ("orders", "units", "unexplained"),
    [
        ([order(1, DONE), order(2, DONE)], 102, None),
        ([order(1, DONE), order(2, DONE)], 103, 1),
        ([order(1, DONE), order(2, DONE)], 101, -1),
        ([order(1, DONE), order(2, UNKNOWN)], 102, None),
        ([order(1, DONE, -10, ended_at=at(0))], 103, None),  # on either side: nothing is said
    ],
)
def test_a_meter_is_explained_by_the_orders_or_not(
    orders: list[PlacedOrder], units: int, unexplained: int | None
) -> None:
    found = compare_meter(orders, meter(100, -5), meter(units, 60))

    assert found.unexplained_units == unexplained
