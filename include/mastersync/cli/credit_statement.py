"""``mastersync credit statement``: our orders held against what the agency charged."""

import json
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mastersync.cli.deciding import AsJson, Client
from mastersync.domain.credit.agencies import TITLES
from mastersync.domain.credit.ledger import Charge, Differences
from mastersync.domain.credit.months import Month, month_of
from mastersync.domain.effects.model import EffectState
from mastersync.domain.plan.wording import count
from mastersync.usecases.compare_statement import Statement, compare_statement


def statement(
    client: Client,
    *,
    month: Annotated[
        str, typer.Option(metavar="YYYY-MM", help="Which month; this one, if left out.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Hold a month's credit orders against what the agency says that it charged.

    Nothing is bought. A ticket is raised for charges that we do not know, and for reports that
    were not charged; it closes when they are explained. Exits with 1 if there are differences.

    \b
    Examples:
      mastersync credit statement northwind_industrial
      mastersync credit statement harbor_foods --month 2026-10 --json
    """
    from mastersync.cli.wired import open_wired

    with open_wired(client) as wired, wired.agency() as agency:
        now = wired.clock()
        found = compare_statement(
            wired.store,
            agency,
            _month(month, zone=wired.config.time_zone, now=now),
            lag=wired.statement_lag,
            now=now,
        )
    if as_json:
        typer.echo(json.dumps(_as_json(found), indent=2, default=str))
    else:
        _show(Console(highlight=False), found)
    if not found.differences.are_none:
        raise typer.Exit(1)


def _month(text: str, *, zone: str, now: datetime) -> Month:
    if not text:
        return month_of(now, zone)
    try:
        first = datetime.fromisoformat(f"{text}-01")
    except ValueError:
        raise typer.BadParameter("Give a month such as 2026-10.") from None
    return month_of(first.replace(tzinfo=ZoneInfo(zone)), zone)


def _show(console: Console, found: Statement) -> None:
    title = TITLES.get(found.agency, found.agency)
    done = sum(order.state is EffectState.DONE for order in found.orders)
    unknown = sum(order.state is EffectState.UNKNOWN for order in found.orders)
    console.print(f"[bold]{title}, {found.name}[/bold]")
    console.print(
        f"We placed {count(len(found.orders), 'order')}: {done} brought a report, "
        f"of {unknown} the outcome is unknown."
    )
    if found.charges is not None:
        console.print(f"It charged {count(len(found.charges), 'report')}.")
    elif found.used_units is not None:
        console.print(f"Its meter moved by {count(found.used_units, 'unit')}.")
    else:
        console.print("It tells nothing of what it charged: set credit.statement in client.yaml.")
        return
    if found.differences.are_none:
        console.print("Both agree.")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("difference", "order or line", "company"):
        table.add_column(column, overflow="fold")
    for words, name, company in _rows(found.differences):
        table.add_row(words, escape(name), escape(company))
    console.print(table)
    console.print("There is a ticket for each kind: mastersync ticket list")


def _rows(found: Differences) -> list[tuple[str, str, str]]:
    rows = [_line("charged, not ordered by us", charge) for charge in found.unknown_charges]
    rows += [
        ("charged, no report came", str(effect_id), charge.company_reference)
        for effect_id, charge in found.refused_but_charged.items()
    ]
    rows += [
        (f"charged {len(charges)} times", str(effect_id), charges[0].company_reference)
        for effect_id, charges in found.charged_twice.items()
    ]
    rows += [
        ("not charged", str(order.effect_id), order.company_reference)
        for order in found.not_charged
    ]
    if found.unexplained_units:
        rows.append((f"units that orders do not explain: {found.unexplained_units:+d}", "", ""))
    return rows


def _line(words: str, charge: Charge) -> tuple[str, str, str]:
    return words, charge.charge_id, charge.company_reference


def _as_json(found: Statement) -> dict[str, object]:
    return {
        "agency": found.agency,
        "month": found.name,
        "orders": len(found.orders),
        "charged": None if found.charges is None else len(found.charges),
        "used_units": found.used_units,
        "agree": found.differences.are_none if found.is_told else None,
        "differences": [
            {"what": words, "name": name, "company": company}
            for words, name, company in _rows(found.differences)
        ],
    }
