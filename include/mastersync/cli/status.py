"""``mastersync status``: each client's last runs."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from mastersync.cli.run_table import show_runs
from mastersync.cli.waiting_table import waiting_in_words
from mastersync.config.schedules import client_schedule, list_clients
from mastersync.config.settings import Settings, load_settings
from mastersync.errors import ConfigError, NotFoundError
from mastersync.store.clients import every_client
from mastersync.usecases.status import ClientStatus, status_of
from mastersync.wiring.stores import desk_store, open_desk


def status(
    client: Annotated[str, typer.Argument(help="One client; all of them when left out.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show each client's last run: where its records are, and what was done.

    Names each run; what waits for a person's word, with the commands that go on; and clients that
    are disabled, or whose folder is gone, while effects of them wait.

    \b
    Example:
      mastersync status
    """
    settings = load_settings()
    clients = list_clients(settings.clients_dir)
    found = _statuses(settings, [client] if client else clients)
    if client and not found and client not in clients:
        raise NotFoundError(
            f"There is no client {client!r}.",
            next_step=f"The clients are: {', '.join(clients)}.",
        )
    if as_json:
        told = {
            client_id: {**asdict(one.run), "waiting": [asdict(plan) for plan in one.waiting]}
            for client_id, one in found.items()
        }
        typer.echo(json.dumps(told, indent=2, default=str))
        return
    _show(found)
    for client_id, (why, waiting) in stopped_clients(settings).items():
        typer.echo(f"{client_id} {why}: {waiting} effect(s) of it wait, and none is delivered.")


def stopped_clients(settings: Settings) -> dict[str, tuple[str, int]]:
    """Return clients of whom nothing is delivered although effects wait: why, and how many."""
    there = set(list_clients(settings.clients_dir))
    stopped: dict[str, tuple[str, int]] = {}
    with open_desk(settings) as database:
        with database.begin() as session:
            registered = every_client(session)
        for client_id in registered:
            why = _why_stopped(settings, client_id) if client_id in there else "has no folder"
            if not why:
                continue
            with desk_store(database, client_id).begin() as unit:
                if waiting := unit.releases.count_waiting():
                    stopped[client_id] = (why, waiting)
    return stopped


def _why_stopped(settings: Settings, client_id: str) -> str:
    try:
        schedule = client_schedule(settings.clients_dir / client_id)
    except ConfigError:
        return ""  # `mastersync check` and a ticket say what is wrong with the file
    return "" if schedule.enabled else "is disabled"


def _statuses(settings: Settings, clients: list[str]) -> dict[str, ClientStatus]:
    """Return where each client stands that ever ran."""
    found = {}
    with open_desk(settings) as database:
        for client_id in clients:
            with desk_store(database, client_id).begin() as unit:
                if (status := status_of(unit)) is not None:
                    found[client_id] = status
    return found


def _show(found: Mapping[str, ClientStatus]) -> None:
    if not found:
        typer.echo("No client has run yet.")
        return
    runs = {client_id: one.run for client_id, one in found.items()}
    show_runs(Console(highlight=False, soft_wrap=True), runs)
    for client_id, run in runs.items():
        typer.echo(f"{client_id}: run {run.run_id}, begun {run.opened_at:%d %b %Y %H:%M} UTC")
    for client_id, one in found.items():
        for plan in one.waiting:
            for line in waiting_in_words(client_id, plan):
                typer.echo(line)
