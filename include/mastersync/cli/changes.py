"""``mastersync changes``: the feed of merges and splits, for people and for programs."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mastersync.cli.deciding import AsJson, Client, client_desk
from mastersync.domain.identity.model import ChangeKind, IdentityChange

_WORDS = {
    ChangeKind.MERGED: "merged into",
    ChangeKind.UNMERGED: "gave back",
    ChangeKind.SPLIT: "split off",
}


def changes(
    client: Client,
    *,
    after: Annotated[int, typer.Option(min=0, help="Only those after this number.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="So many at once.")] = 1_000,
    as_json: AsJson = False,
) -> None:
    """Show who was merged into or split from whom, oldest first.

    A program keeps the last number it saw and asks for what came --after it: it misses nothing,
    and is at the end when it gets an empty list.

    \b
    Examples:
      mastersync changes harbor_foods
      mastersync changes harbor_foods --after 17 --json
    """
    with client_desk(client) as store, store.begin() as unit:
        found = unit.identity.changes(after=after, limit=limit)
    if as_json:
        typer.echo(json.dumps([_as_json(change) for change in found], indent=2, default=str))
        return
    console = Console(highlight=False)
    if not found:
        console.print(f"Nothing after {after}." if after else "Nobody was merged or split.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("ID", justify="right", no_wrap=True)
    for heading in ("CUSTOMER", "", "CUSTOMER", "WHEN", "BY", ""):
        table.add_column(heading, no_wrap=heading == "CUSTOMER")
    table.add_column("WHY", ratio=1, overflow="fold")
    for change in found:
        table.add_row(
            str(change.change_id),
            change.from_customer_id,
            _WORDS[change.kind],
            change.to_customer_id,
            f"{change.changed_at:%d %b %Y %H:%M}",
            escape(change.author),
            "" if change.undone_by is None else f"undone by {change.undone_by}",
            escape(change.reason),
        )
    console.print(table)
    if len(found) == limit:
        last = found[-1].change_id
        console.print(f"There may be more: mastersync changes {client} --after {last}")


def _as_json(change: IdentityChange) -> dict[str, Any]:
    return {
        "change_id": change.change_id,
        "kind": change.kind,
        "from": change.from_customer_id,
        "to": change.to_customer_id,
        "at": change.changed_at,
        "by": change.author,
        "reason": change.reason,
        "undoes": change.undoes,
        "undone_by": change.undone_by,
        "ticket_id": change.ticket_id,
    }
