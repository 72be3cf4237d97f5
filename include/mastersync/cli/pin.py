"""``mastersync pin``, ``unpin`` and ``pins``: values that a person holds against all sources."""

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mastersync.cli.days import DAY, day
from mastersync.cli.deciding import (
    AsJson,
    By,
    Client,
    Reason,
    ShowSensitive,
    author,
    client_desk,
    end_of,
    keep_that_shown,
    reason_given,
    rules_of,
)
from mastersync.domain.decisions.model import Person
from mastersync.domain.decisions.pins import PinDecision, PinWord
from mastersync.domain.golden.shown import shown_value
from mastersync.domain.records.fields import FIELDS
from mastersync.usecases.pin_value import pin_value, unpin_value
from mastersync.wiring.clock import utc_now

Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help="Its id.")]
Field = Annotated[str, typer.Argument(metavar="FIELD", help="Such as phone or street.")]


def pin(  # noqa: PLR0913 (options of one command)
    client: Client,
    customer_id: Customer,
    field: Field,
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="As a system would send it; - reads it.")
    ],
    *,
    reason: Reason = "",
    until: Annotated[
        datetime | None,
        typer.Option(
            parser=day, metavar=DAY, help="The last day it holds; until unpinned, if not."
        ),
    ] = None,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Hold a value against all sources, until a day or until it is unpinned.

    The value takes the normal form of its field. The next sync forms the customer with it.

    \b
    Examples:
      mastersync pin harbor_foods C-7F3KQ-2M9XA phone "+1 206 555 0199" --reason "called them"
      mastersync pin harbor_foods C-7F3KQ-2M9XA payment_terms NET60 --until 2027-06-30 \\
        --reason "agreed for the season"
    """
    word = PinWord(
        customer_id=customer_id,
        field=field,
        value=typer.get_text_stream("stdin").readline() if value == "-" else value,
        author=author(by),
        reason=reason_given(reason),
        expires_at=end_of(until),
    )
    prepare = next(iter(rules_of(client).systems.values())).prepare
    with client_desk(client) as store:
        pinned = pin_value(store, word, policy=prepare, now=utc_now())
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "decision_id": pinned.decision_id,
                    "customer_id": pinned.word.customer_id,
                    "field": field,
                    "is_new": pinned.is_new,
                    "replaced": pinned.replaced,
                    "expires_at": pinned.word.expires_at,
                },
                indent=2,
                default=str,
            )
        )
        return
    label, shown = FIELDS[field].label, shown_value(field, pinned.word.value)
    state = "is pinned to" if pinned.is_new else "was pinned before to"
    ends = "" if pinned.word.expires_at is None else f" until {pinned.word.expires_at:%d %b %Y}"
    typer.echo(f"{label} of {pinned.word.customer_id} {state} {shown!r}{ends}.")
    for replaced in pinned.replaced:
        typer.echo(f"It takes the place of decision {replaced}.")


def unpin(
    client: Client,
    customer_id: Customer,
    field: Field,
    *,
    reason: Reason = "",
    by: By = "",
) -> None:
    """Let the sources decide a field again.

    \b
    Example:
      mastersync unpin harbor_foods C-7F3KQ-2M9XA phone --reason "the CRM has it now"
    """
    person = Person(by=author(by), reason=reason_given(reason))
    with client_desk(client) as store:
        gone = unpin_value(
            store, customer_id=customer_id, field=field, person=person, now=utc_now()
        )
    for decision in gone:
        typer.echo(f"Decision {decision.decision_id} is withdrawn; the next sync forms it anew.")


def pins(
    client: Client,
    *,
    every: Annotated[bool, typer.Option("--all", help="Also those expired and withdrawn.")] = False,
    show_sensitive: ShowSensitive = False,
    as_json: AsJson = False,
) -> None:
    """List the values that people pinned, the newest first.

    \b
    Examples:
      mastersync pins harbor_foods
      mastersync pins harbor_foods --all --json
    """
    now = utc_now()
    with client_desk(client) as store:
        with store.begin() as unit:
            found = [
                decision
                for decision in unit.customers.pin_history()
                if every or decision.is_in_force(now)
            ]
        if show_sensitive:
            keep_that_shown(store, "pins")
    if as_json:
        rows = [_as_json(one, now=now, show_sensitive=show_sensitive) for one in found]
        typer.echo(json.dumps(rows, indent=2, default=str))
    else:
        _show(Console(highlight=False), found, now=now, show_sensitive=show_sensitive)


def _show(
    console: Console, found: list[PinDecision], *, now: datetime, show_sensitive: bool
) -> None:
    if not found:
        console.print("Nothing is pinned.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("ID", justify="right")
    for heading in ("CUSTOMER", "FIELD", "VALUE", "STATE", "BY", "SINCE"):
        table.add_column(heading, no_wrap=heading != "VALUE", overflow="fold")
    table.add_column("WHY", ratio=1, overflow="fold")
    for decision in found:
        word = decision.word
        table.add_row(
            str(decision.decision_id),
            word.customer_id,
            word.field,
            escape(shown_value(word.field, word.value, show_sensitive=show_sensitive)),
            _state(decision, now=now),
            escape(word.author),
            f"{decision.decided_at:%d %b %Y}",
            escape(word.reason),
        )
    console.print(table)


def _state(decision: PinDecision, *, now: datetime) -> str:
    if decision.withdrawal is not None:
        return "withdrawn"
    if not decision.is_in_force(now):
        return "expired"
    ends = decision.word.expires_at
    return "in force" if ends is None else f"until {ends:%d %b %Y}"


def _as_json(decision: PinDecision, *, now: datetime, show_sensitive: bool) -> dict[str, Any]:
    word, gone = decision.word, decision.withdrawal
    return {
        "decision_id": decision.decision_id,
        "customer_id": word.customer_id,
        "field": word.field,
        "value": shown_value(word.field, word.value, show_sensitive=show_sensitive),
        "state": "in force" if decision.is_in_force(now) else _state(decision, now=now),
        "author": word.author,
        "reason": word.reason,
        "decided_at": decision.decided_at,
        "expires_at": word.expires_at,
        "ticket_id": word.ticket_id,
        "withdrawn": None
        if gone is None
        else {"author": gone.author, "reason": gone.reason, "at": gone.withdrawn_at},
    }
