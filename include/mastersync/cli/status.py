"""``mastersync status``: each client's last runs."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from mastersync.cli.run_table import show_runs
from mastersync.config.schedules import list_clients
from mastersync.config.settings import Settings, load_settings
from mastersync.ports.runs import RunSummary
from mastersync.wiring.stores import desk_store, open_desk


def status(
    client: Annotated[str, typer.Argument(help="One client; all of them when left out.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show each client's last run: where its records are, and what was done.

    \b
    Example:
      mastersync status
    """
    settings = load_settings()
    runs = newest_runs(settings, [client] if client else list_clients(settings.clients_dir))
    if as_json:
        found = {client_id: asdict(run) for client_id, run in runs.items()}
        typer.echo(json.dumps(found, indent=2, default=str))
    elif runs:
        show_runs(Console(highlight=False, soft_wrap=True), runs)
    else:
        typer.echo("No client has run yet.")


def newest_runs(settings: Settings, clients: list[str]) -> dict[str, RunSummary]:
    """Return the newest run of each client that ever ran."""
    runs = {}
    with open_desk(settings) as database:
        for client_id in clients:
            with desk_store(database, client_id).begin() as unit:
                for run in unit.runs.list_newest(limit=1):
                    runs[client_id] = run
    return runs
