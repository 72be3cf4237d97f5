"""``mastersync replay``: what past facts would have come to by other rules."""

import json
from collections import Counter
from contextlib import nullcontext
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mastersync.cli.days import MOMENT, moment
from mastersync.cli.deciding import AsJson, Client, client_desk, rules_of
from mastersync.config.clients import load_client
from mastersync.config.rules import client_rules
from mastersync.config.schedules import CLIENT_FILE
from mastersync.config.settings import load_settings
from mastersync.domain.client_rules import ClientRules
from mastersync.domain.golden.shown import OpenPaths, shown_value, shown_write
from mastersync.domain.plan.wording import count, value_in_words
from mastersync.domain.replay.model import Replay, WriteFlip
from mastersync.errors import NotFoundError
from mastersync.usecases.replay import replay as replay_window

_DAY = timedelta(days=1)


def replay(
    client: Client,
    *,
    first: Annotated[
        datetime,
        typer.Option("--from", parser=moment, metavar=MOMENT, help="First day, or moment (UTC)."),
    ],
    last: Annotated[
        datetime,
        typer.Option(
            "--to", parser=moment, metavar=MOMENT, help="Last day, included, or moment (UTC)."
        ),
    ],
    with_config: Annotated[
        Path | None,
        typer.Option(exists=True, help="Another client folder, or client.yaml, to try."),
    ] = None,
    most: Annotated[int, typer.Option(min=0, help="Examples of each sort.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Derive again what was derived in a time, from the facts as they were known then.

    By today's configuration, or by another one: the difference is what a changed rule would have
    done. Nothing is written, and nothing leaves. Who is whose record is taken as it was then; see
    `mastersync reevaluate` and `mastersync backtest` for rules of matching.

    \b
    Examples:
      mastersync replay harbor_foods --from 2026-11-01 --to 2026-11-30
      mastersync replay harbor_foods --from 2026-11-01 --to 2026-11-30 --with-config /tmp/changed
    """
    window = first.replace(tzinfo=UTC), _end(last)
    if window[0] >= window[1]:
        raise typer.BadParameter("--from must be before --to.")
    today = rules_of(client)
    rules = today if with_config is None else _other_rules(client, with_config)
    console = Console(highlight=False)
    with client_desk(client) as store:
        status = console.status("Deriving") if console.is_terminal else nullcontext()
        with status as shown:
            found = replay_window(
                store,
                rules,
                today=today,
                window=window,
                most=most,
                on_page=lambda done: shown.update(f"Derived {done:,}") if shown else None,
            )
    found = _without_sensitive(found, rules)
    if as_json:
        typer.echo(json.dumps(_as_json(found), indent=2, default=str))
    else:
        _show(console, found, is_other=with_config is not None)


def _end(last: datetime) -> datetime:
    """Return the end of the window, not included: a day is meant as a whole."""
    moment = last.replace(tzinfo=UTC)
    return moment + _DAY if moment.time() == datetime.min.time() else moment


def _other_rules(client: str, place: Path) -> ClientRules:
    file = place / CLIENT_FILE if place.is_dir() else place
    if not file.is_file():
        raise NotFoundError(
            f"{place} has no {CLIENT_FILE}.", next_step="Copy the client's folder and change it."
        )
    return client_rules(load_client(load_settings().clients_dir / client, instead=file))


def _show(console: Console, found: Replay, *, is_other: bool) -> None:
    rules = "the other configuration" if is_other else "today's configuration"
    console.print(
        f"{count(found.records, 'golden record')} of {count(found.customers, 'customer')}"
        f" derived again by {rules}: [bold]{found.differing:,}[/bold] come out otherwise."
    )
    if found.other_rules:
        console.print(f"{found.other_rules:,} of them were derived by rules of another time.")
    if found.set_aside:
        console.print(f"{count(found.set_aside, 'source record')} would be set aside.")
    _table(console, "Golden values that differ", ("field", "records"), _counts(found.fields))
    segments = Counter({name or "(none)": times for name, times in found.segments.items()})
    _table(console, "By segment", ("segment", "records"), _counts(segments))
    _table(
        console,
        "Values that would be written otherwise",
        ("target", "field", "how", "values"),
        [(*place, f"{times:,}") for place, times in found.targets.most_common()],
    )
    _table(
        console,
        "Examples of golden values",
        ("customer", "version", "field", "then", "now", "because"),
        [
            (
                flip.customer_id,
                str(flip.version_no),
                flip.field,
                value_in_words(flip.then),
                value_in_words(flip.now),
                flip.rule.replace("_", " "),
            )
            for flip in found.golden
        ],
    )
    _table(
        console,
        "Examples of writes",
        ("target", "record", "customer", "field", "then", "now"),
        [
            (
                flip.target,
                flip.key or "(new)",
                flip.customer_id,
                flip.path,
                "(not written)" if flip.kind == "added" else value_in_words(flip.then),
                "(not written)" if flip.kind == "dropped" else value_in_words(flip.now),
            )
            for flip in found.writes
        ],
    )


def _without_sensitive(found: Replay, rules: ClientRules) -> Replay:
    """Return it with sensitive values of its examples shown in part."""
    golden = [
        replace(flip, then=_shown(flip.field, flip.then), now=_shown(flip.field, flip.now))
        for flip in found.golden
    ]
    writes = [_write(flip, rules.open_paths) for flip in found.writes]
    return replace(found, golden=golden, writes=writes)


def _shown(field: str, value: str | None) -> str | None:
    return None if value is None else shown_value(field, value)


def _write(flip: WriteFlip, open_paths: OpenPaths) -> WriteFlip:
    then, now = (
        shown_write({flip.path: value}, flip.target, open_paths)[flip.path]
        for value in (flip.then, flip.now)
    )
    return replace(flip, then=then, now=now)


def _counts(counts: Counter[str]) -> list[tuple[str, ...]]:
    return [(name, f"{times:,}") for name, times in counts.most_common()]


def _table(
    console: Console, title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]
) -> None:
    if not rows:
        return
    console.print(f"\n[bold]{title}[/bold]")
    table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for column in table.columns:
        column.no_wrap = column.header in ("record", "customer")
        column.overflow = "fold"
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def _as_json(found: Replay) -> dict[str, Any]:
    return {
        "records": found.records,
        "customers": found.customers,
        "other_rules": found.other_rules,
        "differing": found.differing,
        "set_aside": found.set_aside,
        "fields": dict(found.fields.most_common()),
        "segments": dict(found.segments.most_common()),
        "writes": [
            {"target": target, "path": path, "kind": kind, "values": times}
            for (target, path, kind), times in found.targets.most_common()
        ],
        "golden_examples": [asdict(flip) for flip in found.golden],
        "write_examples": [asdict(flip) for flip in found.writes],
    }
