"""``mastersync audit``: the proof that nothing was lost and nothing done twice."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from mastersync.config.schedules import list_clients
from mastersync.config.settings import Settings, load_settings
from mastersync.connectors.sandbox_ledger import SandboxLedger
from mastersync.domain.tickets.model import PLATFORM
from mastersync.usecases.audit_client import Audit, audit_client
from mastersync.wiring.clock import utc_now
from mastersync.wiring.stores import desk_store, open_desk


def audit(
    client: Annotated[str, typer.Argument(help="One client; all of them when left out.")] = "",
    outside: Annotated[
        bool,
        typer.Option(help="Also hold our books against what the sandbox's systems saw."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Prove that every version is in one state, every effect done once, and the chain whole.

    Exit 1, with a list of the breaches, when not.

    \b
    Examples:
      mastersync audit
      mastersync audit harbor_foods --outside
    """
    settings = load_settings()
    clients = [client] if client else [*list_clients(settings.clients_dir), PLATFORM]
    audits = run_audit(settings, clients, outside=outside)
    if as_json:
        typer.echo(json.dumps({name: asdict(found) for name, found in audits.items()}, indent=2))
    else:
        show_audit(Console(highlight=False, soft_wrap=True), audits)
    if any(found.breaches for found in audits.values()):
        raise typer.Exit(1)


def run_audit(settings: Settings, clients: list[str], *, outside: bool) -> dict[str, Audit]:
    """Audit each client."""
    with open_desk(settings) as database:
        return {
            client_id: audit_client(
                desk_store(database, client_id),
                ledger=SandboxLedger(settings.sandbox_url, client_id)
                if outside and client_id != PLATFORM
                else None,
                now=utc_now(),
            )
            for client_id in clients
        }


def show_audit(console: Console, audits: dict[str, Audit]) -> None:
    """Print the breaches, and one line that says whether there are any."""
    breaches = [(name, words) for name, found in audits.items() for words in found.breaches]
    for name, words in breaches:
        console.print(f"[red]{name}[/red]: {words}")
    versions = sum(found.versions for found in audits.values())
    effects = sum(found.effects for found in audits.values())
    entries = sum(found.entries for found in audits.values())
    verdict = f"[red]{len(breaches)} breach(es)[/red]" if breaches else "[green]ok[/green]"
    console.print(
        f"audit: {verdict}  ({versions} versions, {effects} effects, {entries} audit entries)"
    )
