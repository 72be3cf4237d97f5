"""The chart of credit spending: a bar a week, and thirty days to its end beside the budgets."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mastersync.dedupe_files.report.geometry import (
    Bar,
    Chart,
    Label,
    Line,
    Scale,
    counted,
    round_step,
)
from mastersync.domain.credit.budget import Budget
from mastersync.domain.credit.spending import WeekSpent
from mastersync.domain.plan.wording import count

_WIDTH, _HEIGHT = 760.0, 280.0
_LEFT, _RIGHT, _TOP, _FOOT = 54.0, 640.0, 14.0, 246.0
_TICKS = 4
_MOST_NAMES = 13  # of weeks below the axis


def spend_chart(weeks: Sequence[WeekSpent], budget: Budget) -> Chart:
    """Draw weeks as bars and the rolling thirty days as a line, with the limits across."""
    limits = dict(_limits(budget))
    highest = max((*(float(week.thirty_days) for week in weeks), *map(float, limits.values()), 1.0))
    scale = Scale(low=0, high=highest * 1.05, start=_FOOT, end=_TOP)
    across = Scale(low=0, high=max(len(weeks), 1), start=_LEFT, end=_RIGHT)
    return Chart(
        width=_WIDTH,
        height=_HEIGHT,
        summary=_in_words(weeks, budget),
        bars=list(_bars(weeks, budget.currency, across, scale)),
        labels=[*_amounts(scale), *_names(weeks, across), *_limit_names(limits, scale)],
        lines=[*_grid(scale), *_limit_lines(limits, scale)],
        path=_path(weeks, across, scale),
    )


def _limits(budget: Budget) -> Iterator[tuple[str, Decimal]]:
    if budget.soft_per_month is not None:
        yield "soft", budget.soft_per_month
    yield "hard", budget.per_month


def _bars(weeks: Sequence[WeekSpent], currency: str, across: Scale, scale: Scale) -> Iterator[Bar]:
    for number, week in enumerate(weeks):
        left, right = across.at(number), across.at(number + 1)
        gap = min(4.0, (right - left) / 5)
        top = scale.at(float(week.spent))
        yield Bar(
            x=round(left + gap, 2),
            y=top,
            width=round(right - left - 2 * gap, 2),
            height=round(_FOOT - top, 2),
            kind="spent",
            title=f"week of {week.monday:%d %b %Y}: {week.spent} {currency} for "
            f"{count(week.orders, 'report')}; thirty days to its end: {week.thirty_days}",
        )


def _path(weeks: Sequence[WeekSpent], across: Scale, scale: Scale) -> str:
    points = [
        f"{across.at(number + 0.5)} {scale.at(float(week.thirty_days))}"
        for number, week in enumerate(weeks)
    ]
    return f"M {' L '.join(points)}" if len(points) > 1 else ""


def _ticks(scale: Scale) -> Iterator[float]:
    step = round_step(scale.high, _TICKS)
    value = 0.0
    while value <= scale.high:
        yield value
        value += step


def _grid(scale: Scale) -> Iterator[Line]:
    for value in _ticks(scale):
        place = scale.at(value)
        yield Line(x1=_LEFT, y1=place, x2=_RIGHT, y2=place, kind="grid" if value else "zero")


def _amounts(scale: Scale) -> Iterator[Label]:
    for value in _ticks(scale):
        yield Label(x=_LEFT - 8, y=scale.at(value) + 4, text=counted(value), kind="end")


def _names(weeks: Sequence[WeekSpent], across: Scale) -> Iterator[Label]:
    each = -(-len(weeks) // _MOST_NAMES) if weeks else 1
    for number, week in enumerate(weeks):
        if number % each == 0:
            name = f"{week.monday.day} {week.monday:%b}"
            yield Label(x=across.at(number + 0.5), y=_FOOT + 18, text=name, kind="middle")


def _limit_lines(limits: dict[str, Decimal], scale: Scale) -> Iterator[Line]:
    for kind, amount in limits.items():
        place = scale.at(float(amount))
        yield Line(x1=_LEFT, y1=place, x2=_RIGHT, y2=place, kind=f"limit {kind}")


def _limit_names(limits: dict[str, Decimal], scale: Scale) -> Iterator[Label]:
    for kind, amount in limits.items():
        text = f"{kind} budget {amount:,.0f}"
        yield Label(x=_RIGHT + 6, y=scale.at(float(amount)) + 4, text=text, kind=f"start {kind}")


def _in_words(weeks: Sequence[WeekSpent], budget: Budget) -> str:
    if not weeks:
        return "nothing was spent"
    most = max(weeks, key=lambda week: week.thirty_days)
    total = sum((week.spent for week in weeks), start=Decimal(0))
    return (
        f"{total} {budget.currency} in {count(len(weeks), 'week')}; the most in thirty days was "
        f"{most.thirty_days} to the end of the week of {most.monday:%d %b %Y}, of "
        f"{budget.per_month} allowed"
    )
