"""In what clients differ: agency, law, budget and what of it is spent, SLA, transformations."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from mastersync.config.calendars import CalendarConfig
from mastersync.config.client import ClientConfig
from mastersync.config.clients import load_client
from mastersync.config.rules import client_rules
from mastersync.config.settings import Settings
from mastersync.domain.client_rules import ClientRules
from mastersync.domain.credit.agencies import TITLES
from mastersync.domain.credit.budget import BUDGET_MONTH
from mastersync.ports.runs import RunSummary
from mastersync.wiring.clock import utc_now
from mastersync.wiring.stores import desk_store, open_desk

_NONE = "·"


def show_terms(console: Console, settings: Settings, runs: Mapping[str, RunSummary]) -> None:
    """Print, a row a client, what it was promised and what its credit reports have cost."""
    table = Table(header_style="bold", box=box.HORIZONTALS, padding=(0, 1, 0, 0), pad_edge=False)
    for column in ("", "credit reports"):
        table.add_column(column, overflow="fold")
    for column in ("spent", "of"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("SLA hours", overflow="fold")
    for column in ("due", "done", "late", "waived"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("fields", overflow="fold")
    spent = _spent(settings, runs)
    for client_id, run in runs.items():
        config, rules = _read(settings.clients_dir / client_id)
        table.add_row(
            client_id,
            _agency(rules),
            *_money(rules, spent.get(client_id)),
            _hours(config),
            *(_count(run, measure) for measure in ("due", "done", "late", "waived")),
            _transformations(rules),
        )
    console.print(table)


def _read(folder: Path) -> tuple[ClientConfig, ClientRules]:
    config = load_client(folder)
    return config, client_rules(config)


def _spent(settings: Settings, clients: Mapping[str, RunSummary]) -> dict[str, Decimal]:
    """Return what was spent in the thirty days that budgets are of."""
    found: dict[str, Decimal] = {}
    since = utc_now() - BUDGET_MONTH + timedelta(days=1)
    with open_desk(settings) as database:
        for client_id in clients:
            config, rules = _read(settings.clients_dir / client_id)
            if rules.credit is None:
                continue
            with desk_store(database, client_id).begin() as unit:
                days = unit.agency_ledger.spent_by_day(
                    currency=rules.credit.currency, zone=config.time_zone, since=since
                )
            found[client_id] = sum((day.spent for day in days), Decimal(0))
    return found


def _agency(rules: ClientRules) -> str:
    if rules.credit is None:
        return _NONE
    return f"{TITLES[rules.credit.agency]}: {', '.join(sorted(rules.credit.countries))}"


def _money(rules: ClientRules, spent: Decimal | None) -> tuple[str, str]:
    if rules.credit is None or spent is None:
        return _NONE, _NONE
    budget = rules.credit.budget
    return f"{spent:,.2f}", f"{budget.per_month:,.0f} {budget.currency}"


def _hours(config: ClientConfig) -> str:
    if config.sla is None:
        return _NONE
    said = (f"{one.zone} {_holidays(one)}" for one in config.sla.calendars.values())
    return "\n".join(dict.fromkeys(said))  # each once, however many calendars are of one place


def _holidays(calendar: CalendarConfig) -> str:
    if isinstance(calendar.holidays, str):
        return calendar.holidays
    return "own holidays" if calendar.holidays else "no holidays"


def _transformations(rules: ClientRules) -> str:
    return "\n".join(
        f"{len(target.mapping)} to {name}" for name, target in sorted(rules.targets.items())
    )


def _count(run: RunSummary, measure: str) -> str:
    number = run.counts.get("sla", {}).get(measure, 0)
    return f"{number:,}" if number else _NONE
