"""``mastersync customer``: one customer's records, relations and history."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from mastersync.cli.customer_times import Moments, show_as_of, show_history
from mastersync.cli.days import MOMENT, moment
from mastersync.cli.deciding import AsJson, Client, ShowSensitive, client_desk
from mastersync.domain.decisions.model import spoken
from mastersync.domain.identity.model import ChangeKind, CustomerLink, IdentityChange
from mastersync.domain.plan.wording import count
from mastersync.errors import NotFoundError
from mastersync.ports.identity import Children, Related
from mastersync.ports.store import Unit
from mastersync.wiring.clock import utc_now


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is shown of a customer; ``live_id`` is whom the id that was asked for stands for."""

    asked_id: str
    live_id: str
    created_at: datetime
    links: list[CustomerLink]
    within: list[str]
    relations: list[Related]
    changes: list[IdentityChange]
    children: Children


def customer(  # noqa: PLR0913 (options of one command)
    client: Client,
    customer_id: Annotated[str, typer.Argument(help="Its id; an old one leads to the present.")],
    *,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", parser=moment, metavar=MOMENT, help="What was true then (UTC)."),
    ] = None,
    known: Annotated[
        datetime | None,
        typer.Option("--known", parser=moment, metavar=MOMENT, help="As it was known then (UTC)."),
    ] = None,
    history: Annotated[
        bool, typer.Option("--history", help="Every version: who, why, run, policy, ticket.")
    ] = False,
    show_sensitive: ShowSensitive = False,
    as_json: AsJson = False,
) -> None:
    """Show one customer: its records in all systems, who is related to it, and its history.

    --as-of says what was true on a day, by the sources' own clocks; --known as it was known on a
    day, by ours. One of them alone stands for both. A day means its end.

    \b
    Examples:
      mastersync customer harbor_foods C-7F3KQ-2M9XA
      mastersync customer harbor_foods C-7F3KQ-2M9XA --history
      mastersync customer harbor_foods C-7F3KQ-2M9XA --as-of 2026-05-03 --known 2026-06-30
    """
    if history and (as_of or known):
        raise typer.BadParameter("--history shows all times; leave --as-of and --known out.")
    if history:
        show_history(client, customer_id, show_sensitive=show_sensitive, as_json=as_json)
        return
    if as_of or known:
        moments = Moments.of(as_of, known)
        show_as_of(client, customer_id, moments, show_sensitive=show_sensitive, as_json=as_json)
        return
    with client_desk(client) as store, store.begin() as unit:
        shown = _find(unit, customer_id)
    if as_json:
        typer.echo(json.dumps(_as_json(shown), indent=2, default=str))
    else:
        _show(Console(highlight=False, soft_wrap=True), shown)


def _find(unit: Unit, customer_id: str) -> Shown:
    state = unit.identity.find([customer_id]).get(customer_id)
    if state is None:
        raise NotFoundError(
            f"There is no customer {customer_id}.",
            next_step="Tickets and `mastersync changes` name customers.",
        )
    within = unit.identity.within(state.live_id)
    return Shown(
        asked_id=customer_id,
        live_id=state.live_id,
        created_at=state.created_at,
        links=[link for link in unit.identity.links(state.live_id) if link.is_current],
        within=[name for name in within if name != state.live_id],
        relations=unit.identity.relations(customer_id=state.live_id, now=utc_now()),
        changes=unit.identity.changes(customer_ids=within),
        children=unit.identity.children(within),
    )


def _show(console: Console, shown: Shown) -> None:
    leads = "" if shown.asked_id == shown.live_id else f"  ({shown.asked_id} was merged into it)"
    console.print(f"[bold]{shown.live_id}[/bold]{leads}")
    rows = {
        "records": [spoken(link.key) for link in shown.links],
        "was also": shown.within,
        "related": [_relation(shown.live_id, related) for related in shown.relations],
        "history": [_history(change) for change in shown.changes],
        "has": [
            count(number, name.replace("_", " ").removesuffix("s"))
            for name, number in asdict(shown.children).items()
            if number
        ],
    }
    for name, values in rows.items():
        for place, value in enumerate(values):
            console.print(f"  {name if place == 0 else '':<9} {escape(value)}")


def _relation(live_id: str, related: Related) -> str:
    if related.customer_id == live_id:
        return f"{related.relation}: of {related.related_customer_id}"
    return f"{related.relation}: {related.customer_id} is one of this"


def _history(change: IdentityChange) -> str:
    deed = {
        ChangeKind.MERGED: f"{change.from_customer_id} merged into {change.to_customer_id}",
        ChangeKind.UNMERGED: f"{change.to_customer_id} taken out of {change.from_customer_id}",
        ChangeKind.SPLIT: f"{change.to_customer_id} split off {change.from_customer_id}",
    }[change.kind]
    return f"{change.changed_at:%d %b %Y %H:%M} {deed} by {change.author}: {change.reason}"


def _as_json(shown: Shown) -> dict[str, Any]:
    return {
        "customer_id": shown.live_id,
        "asked_id": shown.asked_id,
        "created_at": shown.created_at,
        "records": [spoken(link.key) for link in shown.links],
        "merged_ids": shown.within,
        "relations": [asdict(related) for related in shown.relations],
        "changes": [change.change_id for change in shown.changes],
        "children": asdict(shown.children),
    }
