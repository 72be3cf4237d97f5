"""``mastersync check``: every mistake of client folders, or what the clients are set up to do."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from mastersync.config.client import ClientConfig
from mastersync.config.clients import load_client, policy_version
from mastersync.config.mistakes import Mistake
from mastersync.config.schedules import list_clients
from mastersync.config.settings import load_settings
from mastersync.config.systems import read_fields
from mastersync.domain.effects.release import ReleasePolicy
from mastersync.errors import ConfigError


def check(
    client: Annotated[
        str, typer.Argument(help="Name of the client's folder; all of them when left out.")
    ] = "",
    clients_dir: Annotated[
        Path | None, typer.Option(help="Where the client folders are (MASTERSYNC_CLIENTS_DIR).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Check client folders: every mistake with file, line and remedy.

    Nothing is contacted and nothing is changed. Exit 1 when there is a mistake.

    Examples: mastersync check; mastersync check bright_bakery --json
    """
    folder = clients_dir or load_settings().clients_dir
    results = {name: _result(folder / name) for name in _chosen(folder, client)}
    if as_json:
        typer.echo(json.dumps([_as_json(n, r) for n, r in results.items()], indent=2))
    else:
        for result in results.values():
            _show(result)
    if any(not isinstance(result, ClientConfig) for result in results.values()):
        raise typer.Exit(1)


def _chosen(folder: Path, client: str) -> list[str]:
    clients = list_clients(folder)
    if client and client not in clients:
        raise ConfigError(
            f"There is no client folder '{client}' with a client.yaml in {folder}.",
            next_step=f"There are: {', '.join(clients) or 'none'}.",
        )
    if not clients:
        raise ConfigError(
            f"There is no client folder in {folder}.",
            next_step="Create <client_id>/client.yaml in it, or set MASTERSYNC_CLIENTS_DIR.",
        )
    return [client] if client else clients


def _result(folder: Path) -> ClientConfig | tuple[Mistake, ...]:
    try:
        return load_client(folder)
    except ConfigError as error:
        mistakes: Any = error.facts.get("mistakes")
        if mistakes is None:
            raise
        return tuple(mistakes)


def _show(result: ClientConfig | tuple[Mistake, ...]) -> None:
    if not isinstance(result, ClientConfig):
        for mistake in result:
            typer.secho(str(mistake), fg=typer.colors.RED, err=True)
        return
    summary = _summary(result)
    table = Table()
    for column in ("system", "kind", "fields", "writes"):
        table.add_column(column)
    for system in summary["systems"]:
        writes = ", ".join(system["writes"]) or "-"
        table.add_row(system["name"], system["kind"], str(system["fields"]), writes)
    console = Console()
    title = f"{result.client_id}: {result.name}"
    console.print(title, style="bold", highlight=False, markup=False)
    console.print(table)
    for subject in _SUBJECTS:
        console.print(f"  {subject:<13} {summary[subject]}", highlight=False, markup=False)
    console.print()


_SUBJECTS = (
    *("schedule", "matching", "survivorship", "credit", "confirmation"),
    *("release", "hold", "guards"),
)


def _summary(config: ClientConfig) -> dict[str, Any]:
    """Return what a client is set up to do, in few words."""
    targets = config.target_policies()
    credit, asked = config.credit_policy(), config.confirmation_policy()
    return {
        "policy_version": policy_version(config),
        "systems": [
            {
                "name": name,
                "kind": system.kind,
                "fields": len(read_fields(system)),
                "writes": [
                    deed
                    for deed in ("create", "update")
                    if name in targets and getattr(targets[name], deed)
                ],
            }
            for name, system in config.systems.items()
        ],
        "schedule": f"{config.schedule} ({config.time_zone})",
        "matching": f"same from {config.matching.same_at}, review from {config.matching.review_at}",
        "survivorship": " > ".join(config.survivorship.trust),
        "credit": "off"
        if credit is None
        else f"{credit.agency}, {', '.join(sorted(credit.countries))}, limit from"
        f" {credit.minimum_requested_limit}, at most {credit.max_orders_per_run} a run",
        "confirmation": "off" if asked is None else f"at most {asked.max_per_run} a run",
        "release": _RELEASE[config.release] if config.enabled else "disabled: nothing goes out",
        "hold": ", ".join(
            f"{kind.value.replace('_', ' ')}s {wait}"
            for kind, wait in config.hold.to_rules().items()
            if wait
        )
        or "none",
        "guards": _guards(config),
    }


_RELEASE = {
    ReleasePolicy.AUTO: "auto: within the guards, plans go out by themselves",
    ReleasePolicy.APPROVE: "approve: a person lets each plan go out",
    ReleasePolicy.SHADOW: "shadow: plans are made, and nothing goes out",
}


def _guards(config: ClientConfig) -> str:
    limits = config.guards.model_dump(exclude={"targets"}, exclude_none=True)
    said = [
        f"{name.removeprefix('max_').replace('_', ' ')} {most}" for name, most in limits.items()
    ]
    said += [f"{target} has its own" for target in config.guards.targets]
    return "at most " + ", ".join(said)


def _as_json(name: str, result: ClientConfig | tuple[Mistake, ...]) -> dict[str, Any]:
    if isinstance(result, ClientConfig):
        return {"client": name, "ok": True, "mistakes": [], "summary": _summary(result)}
    return {
        "client": name,
        "ok": False,
        "mistakes": [
            {"file": m.file, "line": m.line, "place": m.place, "what": m.what, "how": m.how}
            for m in result
        ],
    }
