"""The chart of credit spending: a bar a week, and thirty days to its end beside the budgets."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mastersync.cli.chart_frames import Frame
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

WIDE = Frame(width=1040, height=280, left=54, right=900, top=14, foot=246)
NARROW = Frame(width=356, height=280, left=42, right=334, top=20, foot=246, is_narrow=True)
_TICKS = 4


def spend_chart(weeks: Sequence[WeekSpent], budget: Budget, frame: Frame = WIDE) -> Chart:
    """Draw weeks as bars and the rolling thirty days as a line, with the limits across."""
    limits = dict(_limits(budget))
    highest = max((*(float(week.thirty_days) for week in weeks), *map(float, limits.values()), 1.0))
    scale = Scale(low=0, high=highest * 1.05, start=frame.foot, end=frame.top)
    across = Scale(low=0, high=max(len(weeks), 1), start=frame.left, end=frame.right)
    names = (name for _, name in frame.named([week.monday for week in weeks]))
    return Chart(
        width=frame.width,
        height=frame.height,
        summary=_in_words(weeks, budget),
        bars=list(_bars(weeks, budget.currency, across, scale)),
        labels=[*_amounts(scale, frame), *names, *_limit_names(limits, scale, frame)],
        lines=list(_grid(scale, frame)),
        over=list(_limit_lines(limits, scale, frame)),
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
            height=round(scale.start - top, 2),
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


def _grid(scale: Scale, frame: Frame) -> Iterator[Line]:
    for value in _ticks(scale):
        place = scale.at(value)
        yield Line(
            x1=frame.left, y1=place, x2=frame.right, y2=place, kind="grid" if value else "zero"
        )


def _amounts(scale: Scale, frame: Frame) -> Iterator[Label]:
    for value in _ticks(scale):
        yield Label(x=frame.left - 8, y=scale.at(value) + 4, text=counted(value), kind="end")


def _limit_lines(limits: dict[str, Decimal], scale: Scale, frame: Frame) -> Iterator[Line]:
    for kind, amount in limits.items():
        place = scale.at(float(amount))
        yield Line(x1=frame.left, y1=place, x2=frame.right, y2=place, kind=f"limit {kind}")


def _limit_names(limits: dict[str, Decimal], scale: Scale, frame: Frame) -> Iterator[Label]:
    """Yield the names of limits: beside their lines, or on them where there is no room beside."""
    for kind, amount in limits.items():
        text, place = f"{kind} budget {amount:,.0f}", scale.at(float(amount))
        if frame.is_narrow:
            yield Label(x=frame.left + 4, y=place - 5, text=text, kind=f"start {kind}")
        else:
            yield Label(x=frame.right + 6, y=place + 4, text=text, kind=f"start {kind}")


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
