"""What credit reports cost by week, and in the thirty days to each week's end."""

from datetime import date
from decimal import Decimal

from mastersync.domain.credit.spending import DaySpent, by_week

MONDAY = date(2026, 11, 2)


def spent(day: date, amount: int, orders: int = 1, agency: str = "dnb") -> DaySpent:
    return DaySpent(day=day, agency=agency, orders=orders, spent=Decimal(amount))


def test_days_are_added_up_by_week_and_empty_weeks_are_there() -> None:
    days = [
        spent(MONDAY, 4),
        spent(date(2026, 11, 8), 8, 2, "creditsafe"),
        spent(date(2026, 11, 16), 12, 3),
    ]

    weeks = by_week(days, first=date(2026, 11, 4), last=date(2026, 11, 18))

    assert [(week.monday.day, week.orders, week.spent) for week in weeks] == [
        (2, 3, Decimal(12)),
        (9, 0, Decimal(0)),
        (16, 3, Decimal(12)),
    ]


def test_the_thirty_days_reach_back_before_the_first_week() -> None:
    days = [spent(date(2026, 10, 9), 100), spent(date(2026, 10, 10), 7), spent(MONDAY, 4)]

    (week,) = by_week(days, first=MONDAY, last=date(2026, 11, 8))

    assert week.thirty_days == Decimal(11)
