"""What credit reports cost by week, beside the budget of thirty days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mastersync.domain.credit.budget import BUDGET_MONTH

_WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class DaySpent:
    """What the orders of a day at an agency came to."""

    day: date
    agency: str
    orders: int
    spent: Decimal


@dataclass(frozen=True, kw_only=True)
class WeekSpent:
    """A week from Monday on; ``thirty_days`` is what the thirty days to its end came to."""

    monday: date
    orders: int
    spent: Decimal
    thirty_days: Decimal


def by_week(days: Iterable[DaySpent], *, first: date, last: date) -> list[WeekSpent]:
    """Add days up by week, from the week of ``first`` to that of ``last``, empty ones too.

    Args:
        days: Also those of the thirty days before ``first``, which count against the budget.
    """
    spent: dict[date, Decimal] = {}
    orders: dict[date, int] = {}
    for one in days:
        spent[one.day] = spent.get(one.day, Decimal(0)) + one.spent
        orders[one.day] = orders.get(one.day, 0) + one.orders
    weeks = []
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        end = min(monday + _WEEK - timedelta(days=1), last)
        weeks.append(
            WeekSpent(
                monday=monday,
                orders=sum(orders.get(day, 0) for day in _days(monday, end)),
                spent=_total(spent, monday, end),
                thirty_days=_total(spent, end - BUDGET_MONTH + timedelta(days=1), end),
            )
        )
        monday += _WEEK
    return weeks


def _total(spent: Mapping[date, Decimal], first: date, last: date) -> Decimal:
    return sum((spent.get(day, Decimal(0)) for day in _days(first, last)), start=Decimal(0))


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
