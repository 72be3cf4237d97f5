"""``mastersync credit spend``: what reports cost by week, beside the budget."""

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from mastersync.cli.deciding import AsJson, Client
from mastersync.domain.credit.budget import BUDGET_MONTH, Budget
from mastersync.domain.credit.spending import WeekSpent, by_week
from mastersync.errors import NotFoundError


def spend(
    client: Client,
    *,
    weeks: Annotated[int, typer.Option(min=1, max=260, help="How many, to this one.")] = 13,
    page: Annotated[Path | None, typer.Option("--html", help="Write it as one HTML page.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what a client's credit reports cost by week, and what its budget still allows.

    \b
    Examples:
      mastersync credit spend northwind_industrial
      mastersync credit spend northwind_industrial --weeks 26 --html spend.html
    """
    from mastersync.cli.plan_file import check_place, write_private
    from mastersync.cli.wired import open_wired

    if page is not None:
        check_place(page)
    with open_wired(client) as wired:
        policy = wired.rules.credit
        if policy is None:
            raise NotFoundError(
                f"{wired.rules.name} buys no credit reports.",
                next_step="Add the section 'credit' to its client.yaml.",
            )
        zone = ZoneInfo(wired.config.time_zone)
        now = wired.clock().astimezone(zone)
        first = now.date() - timedelta(days=now.weekday(), weeks=weeks - 1)
        since = datetime.combine(first - BUDGET_MONTH, time(), tzinfo=zone)
        with wired.store.begin() as unit:
            days = unit.agency_ledger.spent_by_day(
                currency=policy.currency, zone=wired.config.time_zone, since=since
            )
    found = by_week(days, first=first, last=now.date())
    if page is not None:
        from mastersync.cli.spend_page.page import Spend, render_spend

        shown = Spend(
            client_name=wired.rules.name,
            budget=policy.budget,
            weeks=found,
            days=[day for day in days if day.day >= first],
            made_at=now,
        )
        write_private(page, render_spend(shown))
    if as_json:
        typer.echo(json.dumps([vars(week) for week in found], indent=2, default=str))
    else:
        _show(Console(highlight=False), found, policy.budget)


def _show(console: Console, weeks: list[WeekSpent], budget: Budget) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("week of")
    for column in ("reports", budget.currency, "thirty days to its end"):
        table.add_column(column, justify="right")
    for week in weeks:
        table.add_row(
            f"{week.monday:%d %b %Y}",
            f"{week.orders:,}",
            f"{week.spent:,}",
            f"{week.thirty_days:,}",
        )
    console.print(table)
    soft = budget.soft_per_month
    soft_words = "" if soft is None else f"; from {soft:,} on a ticket tells"
    console.print(
        f"Thirty days may come to {budget.per_month:,} {budget.currency}, a run to "
        f"{budget.per_run:,}{soft_words}."
    )
