"""``mastersync check``: every mistake of client folders, or what the clients are set up to do."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from mastersync.cli.check_samples import (
    SamplesRun,
    run_samples,
    samples_as_json,
    show_failed,
)
from mastersync.cli.clause_table import print_clauses, print_subjects
from mastersync.config.client import ClientConfig
from mastersync.config.clients import load_client, policy_version
from mastersync.config.contracts import citations_of, contracts_of
from mastersync.config.mistakes import Mistake
from mastersync.config.schedules import list_clients
from mastersync.config.settings import load_settings
from mastersync.config.systems import read_fields
from mastersync.domain.contracts import stale_rules
from mastersync.domain.effects.release import ReleasePolicy
from mastersync.domain.sla.words import clause_table
from mastersync.domain.targets.model import TargetPolicy
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
    """Check client folders: every mistake with file, line and remedy; and run their samples.

    Rules that cite an older version of the client's contract than is on record are warned of.
    Samples (samples/*.yaml beside client.yaml) say what the targets should hold of a golden
    record. Nothing is contacted and nothing is changed. Exit 1 when there is a mistake, or when
    something else comes out than a sample expects.

    Examples: mastersync check; mastersync check bright_bakery --json
    """
    folder = clients_dir or load_settings().clients_dir
    checked = {name: _check(folder / name) for name in _chosen(folder, client)}
    if as_json:
        typer.echo(json.dumps([_as_json(n, one) for n, one in checked.items()], indent=2))
    else:
        for one in checked.values():
            _show(one)
    if not all(one.is_fine for one in checked.values()):
        raise typer.Exit(1)


@dataclass(frozen=True, kw_only=True)
class _Checked:
    """A client folder's mistakes, or what it says and how its samples came out."""

    mistakes: tuple[Mistake, ...] = ()
    config: ClientConfig | None = None
    samples: SamplesRun | None = None

    @property
    def is_fine(self) -> bool:
        return not self.mistakes and not (self.samples and self.samples.failed)

    @property
    def warnings(self) -> list[str]:
        """Return what a person should look at and that stops nothing."""
        if self.config is None:
            return []
        found = stale_rules(contracts_of(self.config), citations_of(self.config))
        return [rule.words for rule in found]


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


def _check(folder: Path) -> _Checked:
    config = None
    try:
        config = load_client(folder)
        return _Checked(config=config, samples=run_samples(folder, config))
    except ConfigError as error:
        mistakes: Any = error.facts.get("mistakes")
        if mistakes is None:
            raise
        return _Checked(mistakes=tuple(mistakes), config=config)


def _show(checked: _Checked) -> None:
    for mistake in checked.mistakes:
        typer.secho(str(mistake), fg=typer.colors.RED, err=True)
    config = checked.config
    if config is None:
        return
    summary = _summary(config) | {
        "samples": "see the mistakes" if checked.samples is None else checked.samples.words
    }
    table = Table()
    for column in ("system", "kind", "fields", "writes"):
        table.add_column(column)
    for system in summary["systems"]:
        writes = ", ".join(system["writes"]) or "-"
        table.add_row(system["name"], system["kind"], str(system["fields"]), writes)
    console = Console()
    title = f"{config.client_id}: {config.name}"
    console.print(title, style="bold", highlight=False, markup=False)
    console.print(table)
    lines = [(subject, summary[subject]) for subject in _SUBJECTS]
    for name, rules in summary["targets"].items():
        many = "rule" if rules["rules"] == 1 else "rules"
        words = f"{rules['fields']} fields, {rules['rules']} {many}, version {rules['version']}"
        lines.append((f"writes {name}", words))
    lines += [(f"clause {one}", ", ".join(places)) for one, places in summary["clauses"].items()]
    print_subjects(console, lines)
    print_clauses(console, config.sla_policy())
    console.print()
    for warning in checked.warnings:
        typer.secho(f"warning: {config.client_id}: {warning}", fg=typer.colors.YELLOW, err=True)
    if checked.warnings:
        typer.echo(
            "Read these rules against the newer version. Then say so: `contract_version` at a "
            "rule, or the contract's `rules_read_from` for all.",
            err=True,
        )
    if checked.samples is not None:
        show_failed(checked.samples)


_SUBJECTS = (
    *("schedule", "matching", "survivorship", "credit", "confirmation"),
    *("release", "hold", "guards", "samples"),
)


def _summary(config: ClientConfig) -> dict[str, Any]:
    """Return what a client is set up to do, in few words."""
    targets = config.target_policies()
    credit, asked = config.credit_policy(), config.confirmation_policy()
    sla = config.sla_policy()
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
        f" {credit.minimum_requested_limit}, at most {credit.budget.per_run:,}"
        f" {credit.currency} a run, {credit.budget.per_month:,} in thirty days",
        "confirmation": "off" if asked is None else f"at most {asked.max_per_run} a run",
        "release": _RELEASE[config.release] if config.enabled else "disabled: nothing goes out",
        "hold": ", ".join(
            f"{kind.value.replace('_', ' ')}s {wait}"
            for kind, wait in config.hold.to_rules().items()
            if wait
        )
        or "none",
        "guards": _guards(config),
        "targets": {
            name: {
                "version": target.version,
                "fields": len(target.mapping),
                "rules": sum(len(wanted.rules) for wanted in target.mapping),
            }
            for name, target in targets.items()
        },
        "clauses": _clauses(targets),
        "sla": clause_table(sla) if sla else [],
    }


def _clauses(targets: Mapping[str, TargetPolicy]) -> dict[str, list[str]]:
    """Return what is written because of which clause of the client's contract."""
    found: dict[str, list[str]] = {}
    for name, target in targets.items():
        for wanted in target.mapping:
            for number, source in enumerate(wanted.sources, start=1):
                if source.clause:
                    rule = "" if source is wanted else f" (rule {number})"
                    found.setdefault(source.clause, []).append(f"{name} {wanted.path}{rule}")
    return dict(sorted(found.items()))


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


def _as_json(name: str, checked: _Checked) -> dict[str, Any]:
    said: dict[str, Any] = {
        "client": name,
        "ok": checked.is_fine,
        "mistakes": [
            {"file": m.file, "line": m.line, "place": m.place, "what": m.what, "how": m.how}
            for m in checked.mistakes
        ],
        "warnings": checked.warnings,
    }
    if checked.config is not None:
        said["summary"] = _summary(checked.config)
    if checked.samples is not None:
        said["samples"] = samples_as_json(checked.samples)
    return said
