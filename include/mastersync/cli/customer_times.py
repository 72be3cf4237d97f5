"""``mastersync customer`` on two clocks: as of a time, and through all its versions."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mastersync.cli.deciding import client_desk, keep_that_shown, rules_of
from mastersync.domain.golden.shown import shown_value
from mastersync.domain.golden.words import day
from mastersync.domain.identity.model import ChangeKind, IdentityChange
from mastersync.domain.plan.wording import source_in_words
from mastersync.domain.records.fields import FIELDS
from mastersync.usecases.customer_history import (
    AsOf,
    FieldChange,
    History,
    VersionStory,
    customer_as_of,
    customer_history,
)
from mastersync.wiring.clock import utc_now

_DEEDS = {
    ChangeKind.MERGED: "{left} merged into {right}",
    ChangeKind.UNMERGED: "{right} taken out of {left}",
    ChangeKind.SPLIT: "{right} split off {left}",
}


@dataclass(frozen=True, kw_only=True)
class Moments:
    """The two times that a question is about: what was true when, as known when."""

    true_at: datetime
    known_at: datetime

    @classmethod
    def of(cls, as_of: datetime | None, known: datetime | None) -> "Moments":
        """Return the times that were typed; --known alone asks what was believed true then."""
        known_at = utc_now() if known is None else _utc(known)
        true_at = known_at if as_of is None else _utc(as_of)
        return cls(true_at=true_at, known_at=known_at)


def _utc(typed: datetime) -> datetime:
    """Return the moment; of a day its end."""
    whole_day = typed.time() == time.min
    return datetime.combine(typed.date(), time.max if whole_day else typed.time(), tzinfo=UTC)


def show_as_of(
    client: str, customer_id: str, moments: Moments, *, show_sensitive: bool, as_json: bool
) -> None:
    """Print what was true of a customer at a time, as it was known at a time."""
    rules = rules_of(client)
    with client_desk(client) as store:
        found = customer_as_of(
            store, rules, customer_id, true_at=moments.true_at, known_at=moments.known_at
        )
        if show_sensitive:
            keep_that_shown(store, "customer --as-of", customer_id=found.customer_id)
    if as_json:
        typer.echo(json.dumps(_as_of_json(found, show_sensitive), indent=2, default=str))
        return
    console = Console(highlight=False, soft_wrap=True)
    asked = found.asked_id
    stood = "" if asked == found.customer_id else f"  ({asked} stood for it)"
    console.print(f"[bold]{found.customer_id}[/bold]{stood}")
    console.print(f"True {_moment(found.true_at)}, as known {_moment(found.known_at)}.")
    for sentence in _caveats(found):
        console.print(sentence)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("FIELD", "VALUE", "SAID BY", "SINCE", "RULE"):
        table.add_column(heading, no_wrap=heading in ("FIELD", "SAID BY"), overflow="fold")
    for name, value in found.fields.items():
        origin = found.origins[name]
        table.add_row(
            name,
            escape(shown_value(name, value, show_sensitive=show_sensitive)),
            escape(source_in_words(origin.system, origin.source_key)),
            day(origin.said_at),
            origin.rule.replace("_", " "),
        )
    console.print(table if found.fields else "No record says anything of a time so early.")


def _caveats(found: AsOf) -> list[str]:
    version = found.version
    held = f"Version {version.version_no}, formed {_moment(version.formed_at)} by {version.run_id}"
    if not found.is_derived:
        return [f"{held} under policy {version.policy_version}, word for word."]
    told = [f"Derived from the facts of version {version.version_no} by policy"]
    told[0] += f" {found.policy_version}."
    if found.policy_version != version.policy_version:
        told.append(f"That is today's; the policy of then was {version.policy_version}.")
    if found.merged_since:
        told.append("Merged or split since: what people said of the other may show.")
    return told


def show_history(client: str, customer_id: str, *, show_sensitive: bool, as_json: bool) -> None:
    """Print every version of a customer, the newest first."""
    with client_desk(client) as store:
        found = customer_history(store, customer_id, now=utc_now())
        if show_sensitive:
            keep_that_shown(store, "customer --history", customer_id=found.customer_id)
    if as_json:
        typer.echo(json.dumps(_history_json(found, show_sensitive), indent=2, default=str))
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"[bold]{found.customer_id}[/bold]")
    told = [
        (story.version.formed_at, _story(found, story, show_sensitive)) for story in found.versions
    ]
    told += [(change.changed_at, [_identity(change)]) for change in found.identity]
    for _, lines in sorted(told, key=lambda entry: entry[0], reverse=True):
        for line in lines:
            console.print(escape(line))


def _story(found: History, story: VersionStory, show_sensitive: bool) -> list[str]:
    version = story.version
    whose = "" if version.customer_id == found.customer_id else f" of {version.customer_id}"
    title = f"{version.formed_at:%d %b %Y %H:%M}  version {version.version_no}{whose}"
    title += f" (run {version.run_id}, policy {version.policy_version})"
    changes = [f"    {_change(change, show_sensitive)}" for change in story.changes]
    return [title, *(changes or ["    the same values, from other records"])]


def _change(change: FieldChange, show_sensitive: bool) -> str:
    label = FIELDS[change.field].label if change.field in FIELDS else change.field
    was, became = (
        shown_value(change.field, value, show_sensitive=show_sensitive) or "(unknown)"
        for value in (change.before, change.after)
    )
    if not change.after:
        return f"{label}: {was} → {became}"
    who = f"{change.author}, {change.source_key}" if change.author else ""
    said = source_in_words(change.system, change.source_key)
    why = who or f"{said}, {change.rule.replace('_', ' ')}"
    reason = f": {change.reason}" if change.reason else ""
    ticket = "" if change.ticket_id is None else f" (ticket {change.ticket_id})"
    return f"{label}: {was} → {became}   [{why}{reason}{ticket}]"


def _identity(change: IdentityChange) -> str:
    deed = _DEEDS[change.kind].format(left=change.from_customer_id, right=change.to_customer_id)
    ticket = "" if change.ticket_id is None else f" (ticket {change.ticket_id})"
    when = f"{change.changed_at:%d %b %Y %H:%M}"
    return f"{when}  {deed} by {change.author}: {change.reason}{ticket}"


def _moment(moment: datetime) -> str:
    return f"{moment:%d %b %Y %H:%M} UTC"


def _as_of_json(found: AsOf, show_sensitive: bool) -> dict[str, Any]:
    return {
        "customer_id": found.customer_id,
        "asked_id": found.asked_id,
        "true_at": found.true_at,
        "known_at": found.known_at,
        "version_no": found.version.version_no,
        "formed_at": found.version.formed_at,
        "run_id": found.version.run_id,
        "is_derived": found.is_derived,
        "policy_version": found.policy_version,
        "policy_version_of_then": found.version.policy_version,
        "merged_since": found.merged_since,
        "fields": {
            name: {
                "value": shown_value(name, value, show_sensitive=show_sensitive),
                **asdict(found.origins[name]),
            }
            for name, value in found.fields.items()
        },
    }


def _history_json(found: History, show_sensitive: bool) -> dict[str, Any]:
    def masked(change: FieldChange) -> dict[str, Any]:
        values = {
            side: shown_value(change.field, value, show_sensitive=show_sensitive)
            for side, value in (("before", change.before), ("after", change.after))
        }
        return {**asdict(change), **values}

    return {
        "customer_id": found.customer_id,
        "versions": [
            {
                "customer_id": story.version.customer_id,
                "version_no": story.version.version_no,
                "formed_at": story.version.formed_at,
                "run_id": story.version.run_id,
                "policy_version": story.version.policy_version,
                "input_version_ids": story.version.input_version_ids,
                "changes": [masked(change) for change in story.changes],
            }
            for story in found.versions
        ],
        "identity": [
            {
                "change_id": change.change_id,
                "kind": change.kind,
                "from": change.from_customer_id,
                "to": change.to_customer_id,
                "at": change.changed_at,
                "by": change.author,
                "reason": change.reason,
                "ticket_id": change.ticket_id,
                "undoes": change.undoes,
            }
            for change in found.identity
        ],
    }
