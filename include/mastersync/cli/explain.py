"""``mastersync explain``: where every golden value of a customer comes from, in words."""

import json
import textwrap
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from mastersync.cli.deciding import (
    AsJson,
    Client,
    ShowSensitive,
    client_desk,
    keep_that_shown,
    rules_of,
)
from mastersync.domain.golden.account import FieldAccount
from mastersync.domain.golden.model import FieldValue
from mastersync.domain.golden.shown import shown_value
from mastersync.domain.golden.words import Teller, day
from mastersync.domain.records.fields import FIELDS
from mastersync.usecases.explain_customer import Explained, explain_customer
from mastersync.wiring.clock import utc_now

_MOST_DISCLOSURES = 10


def explain(
    client: Client,
    customer_id: Annotated[str, typer.Argument(metavar="CUSTOMER", help="Its id.")],
    field: Annotated[
        str | None, typer.Argument(metavar="[FIELD]", help="Only this field or group.")
    ] = None,
    *,
    show_sensitive: ShowSensitive = False,
    as_json: AsJson = False,
) -> None:
    """Say where each golden value comes from, what it beat and why, and to whom it went.

    \b
    Examples:
      mastersync explain harbor_foods C-7F3KQ-2M9XA
      mastersync explain harbor_foods C-7F3KQ-2M9XA address
      mastersync explain harbor_foods C-7F3KQ-2M9XA tax_id --show-sensitive
    """
    now, rules = utc_now(), rules_of(client)
    with client_desk(client) as store:
        explained = explain_customer(store, rules, customer_id, field=field, now=now)
        if show_sensitive:
            keep_that_shown(store, "explain", customer_id=explained.customer_id)
    teller = Teller(pins=explained.pins, show_sensitive=show_sensitive)
    if as_json:
        typer.echo(json.dumps(_as_json(explained, teller), indent=2, default=str))
    else:
        _show(Console(highlight=False), explained, teller)


def _show(console: Console, explained: Explained, teller: Teller) -> None:
    asked = explained.asked_id
    leads = "" if asked == explained.customer_id else f"  ({asked} was merged into it)"
    console.print(f"[bold]{explained.customer_id}[/bold]{leads}")
    held = explained.held
    if held is None:
        console.print(
            "It has no golden record yet: a sync forms it once its records wait for nobody. "
            "`mastersync ticket list` says what people are asked."
        )
    else:
        console.print(
            f"Version {held.version_no}, formed {held.formed_at:%d %b %Y %H:%M} by run "
            f"{escape(held.run_id)} under policy {held.policy_version}."
        )
    for account in explained.accounts:
        label = FIELDS[account.field].label if account.field in FIELDS else account.field
        value = _shown(account, teller) or "(unknown)"
        console.print(f"\n[bold]{label}[/bold]  {escape(value)}")
        for sentence in teller.sentences(account):
            _say(console, sentence)
        if account.field in explained.pending and held is not None:
            was = held.fields.get(account.field, "")
            shown = shown_value(account.field, was, show_sensitive=teller.show_sensitive)
            words = f"The golden record still has '{shown}'; the next sync changes it."
            _say(console, words)
    if not explained.accounts:
        console.print("No source says anything of it.")
    _show_disclosures(console, explained)


def _show_disclosures(console: Console, explained: Explained) -> None:
    if not explained.disclosures:
        return
    console.print("\n[bold]Went out[/bold]")
    for one in explained.disclosures[:_MOST_DISCLOSURES]:
        words = (
            f"to {one.recipient} on {day(one.disclosed_at)}: "
            f"{', '.join(one.fields) or one.kind.replace('_', ' ')} ({one.authority})"
        ) + (f", by transformation {one.transformation}" if one.transformation else "")
        _say(console, words)
    if len(explained.disclosures) > _MOST_DISCLOSURES:
        more = len(explained.disclosures) - _MOST_DISCLOSURES
        _say(console, f"and {more} times before; --json lists them")


def _say(console: Console, sentence: str) -> None:
    lines = textwrap.wrap(
        sentence, width=console.width, initial_indent="  ", subsequent_indent="    "
    )
    console.print(escape("\n".join(lines)), soft_wrap=True)


def _shown(account: FieldAccount, teller: Teller) -> str:
    return "" if account.winner is None else teller.shown(account.winner).strip()


def _as_json(explained: Explained, teller: Teller) -> dict[str, Any]:
    held = explained.held
    return {
        "customer_id": explained.customer_id,
        "asked_id": explained.asked_id,
        "version": None
        if held is None
        else {
            "number": held.version_no,
            "formed_at": held.formed_at,
            "run_id": held.run_id,
            "policy_version": held.policy_version,
        },
        "fields": [_account_json(account, explained, teller) for account in explained.accounts],
        "disclosures": [
            {
                "recipient": one.recipient,
                "kind": one.kind,
                "fields": one.fields,
                "authority": one.authority,
                "at": one.disclosed_at,
                "run_id": one.run_id,
                "transformation": one.transformation,
            }
            for one in explained.disclosures
        ],
    }


def _account_json(account: FieldAccount, explained: Explained, teller: Teller) -> dict[str, Any]:
    return {
        "field": account.field,
        "value": _shown(account, teller),
        "rule": account.why,
        "source": None if account.winner is None else _value_json(account.winner, teller),
        "outranks_until": account.outranks_until,
        "agreeing": [_value_json(value, teller) for value in account.agreeing],
        "lost": [
            {**_value_json(rival.value, teller), "why": rival.why} for rival in account.rivals
        ],
        "conflict": None if account.conflict is None else account.conflict.systems,
        "changes_with_next_run": account.field in explained.pending,
        "words": teller.sentences(account),
    }


def _value_json(value: FieldValue, teller: Teller) -> dict[str, Any]:
    note = teller.pins.get(value.source_key)
    return {
        "value": teller.shown(value),
        "system": value.system,
        "key": value.source_key,
        "kind": value.kind,
        "version_id": value.version_id,
        "said_at": value.said_at,
        "observed_at": value.observed_at,
        "is_echo": value.is_echo,
        "holds_until": value.holds_until,
        **({} if note is None else {"author": note.author, "reason": note.reason}),
    }
