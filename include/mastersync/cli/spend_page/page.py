"""The page: figures as tiles, the chart by week, then each week and agency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from mastersync.cli.html_pages import Tile, templates_beside
from mastersync.cli.spend_page.charts import NARROW, WIDE, spend_chart
from mastersync.domain.credit.agencies import TITLES
from mastersync.domain.credit.budget import Budget
from mastersync.domain.credit.spending import DaySpent, WeekSpent
from mastersync.domain.plan.wording import count

_PAGES = templates_beside(__file__)


@dataclass(frozen=True, kw_only=True)
class Spend:
    """What a client's credit reports cost; ``days`` are those of the weeks shown."""

    client_name: str
    budget: Budget
    weeks: Sequence[WeekSpent]
    days: Sequence[DaySpent]
    made_at: datetime


def render_spend(spend: Spend) -> str:
    """Return the page: one file that needs nothing else."""
    return _PAGES.get_template("spend.html").render(
        spend=spend,
        tiles=list(_tiles(spend)),
        charts=[spend_chart(spend.weeks, spend.budget, frame) for frame in (WIDE, NARROW)],
        agencies=_agencies(spend.days),
    )


def _tiles(spend: Spend) -> Iterator[Tile]:
    budget = spend.budget
    total = sum((week.spent for week in spend.weeks), start=Decimal(0))
    reports = count(sum(week.orders for week in spend.weeks), "report")
    now = spend.weeks[-1].thirty_days if spend.weeks else Decimal(0)
    yield Tile(
        name="Spent",
        figure=f"{total:,.2f}",
        aside=f"{budget.currency} for {reports} in {count(len(spend.weeks), 'week')}",
    )
    yield Tile(
        name="Last thirty days",
        figure=f"{now:,.2f}",
        aside=f"{budget.currency} of {budget.per_month:,.2f} allowed",
    )
    yield Tile(
        name="Left",
        figure=f"{max(Decimal(0), budget.per_month - now):,.2f}",
        aside=f"{budget.currency}; a run may spend {budget.per_run:,.2f}",
    )


def _agencies(days: Sequence[DaySpent]) -> list[tuple[str, int, Decimal]]:
    names = sorted({day.agency for day in days})
    return [
        (
            TITLES.get(name, name),
            sum(day.orders for day in days if day.agency == name),
            sum((day.spent for day in days if day.agency == name), start=Decimal(0)),
        )
        for name in names
    ]
