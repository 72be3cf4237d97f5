"""What the commands of people who decide have in common: who, on which client, by which words."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from typing import Annotated

import typer

from mastersync.config.clients import load_client
from mastersync.config.rules import client_rules
from mastersync.config.schedules import CLIENT_FILE, list_clients
from mastersync.config.settings import load_settings
from mastersync.domain.client_rules import ClientRules
from mastersync.domain.golden.shown import OpenPaths
from mastersync.domain.matching.model import SourceKey
from mastersync.errors import ConfigError, NotFoundError, RuleError
from mastersync.ports.store import Store
from mastersync.store.client_store import PostgresStore
from mastersync.store.ticket_desk import registered_clients
from mastersync.wiring.clock import utc_now
from mastersync.wiring.stores import desk_store, open_desk

Client = Annotated[str, typer.Argument(help="The client's folder name.")]
Reason = Annotated[str, typer.Option(help="Why; it is kept for good.")]
By = Annotated[str, typer.Option(help="Who decides; you, when left out.")]
Insist = Annotated[bool, typer.Option("--insist", help="Withdraw decisions that say otherwise.")]
Plan = Annotated[bool, typer.Option("--plan", help="Show what would happen; save nothing.")]
ShowSensitive = Annotated[
    bool,
    typer.Option(
        "--show-sensitive", help="Tax, bank and birth data in full; that you did is kept."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@contextmanager
def client_desk(client: str) -> Iterator[PostgresStore]:
    """Open one client's store as the desk.

    Raises:
        NotFoundError: The store has no such client.
    """
    with open_desk(load_settings()) as database:
        with database.begin(clients=[client]) as session:
            if client not in registered_clients(session):
                raise NotFoundError(
                    f"The store knows no client {client!r}.",
                    next_step="`mastersync status` names those that have run.",
                )
        yield desk_store(database, client)


def rules_of(client: str) -> ClientRules:
    """Return the rules that the client's folder gives.

    Raises:
        NotFoundError: There is no such folder.
        ConfigError: Its file has mistakes.
    """
    folder = load_settings().clients_dir / client
    if not (folder / CLIENT_FILE).is_file():
        known = ", ".join(list_clients(folder.parent)) or "none"
        raise NotFoundError(
            f"There is no client {client!r}.", next_step=f"The clients are: {known}."
        )
    return client_rules(load_client(folder))


def open_paths_of(client: str) -> OpenPaths:
    """Return which paths of its targets may be shown in full; none when no rules say so."""
    try:
        return rules_of(client).open_paths
    except (NotFoundError, ConfigError):
        return {}  # its folder is gone or has mistakes: what is on its way must still be seen


def targets_of(client: str) -> set[str]:
    """Return the systems that may be written to; none when no rules say so."""
    try:
        return set(rules_of(client).targets)
    except (NotFoundError, ConfigError):
        return set()


def author(by: str) -> str:
    """Return who decides."""
    return by or getpass.getuser()


def keep_that_shown(store: Store, command: str, *, customer_id: str | None = None) -> None:
    """Keep in the audit trail that somebody was shown sensitive values in full."""
    with store.begin() as unit:
        unit.audit.append(
            "sensitive.shown",
            actor=author(""),
            run_id=None,
            summary={"command": command, "customer_id": customer_id},
            now=utc_now(),
        )


def reason_given(reason: str) -> str:
    """Return the reason, or refuse to go on without one."""
    if not reason.strip():
        raise RuleError(
            "Nothing was saved: nothing says why.",
            next_step='Add --reason "…"; whoever asks later will want to know.',
        )
    return reason.strip()


def source_key(text: str) -> SourceKey:
    """Read SYSTEM:KEY; the key may have colons of its own.

    >>> source_key("crm:A:17")
    SourceKey(system='crm', key='A:17')
    """
    system, colon, key = text.partition(":")
    if not (system and colon and key):
        raise typer.BadParameter(f"{text!r} is not SYSTEM:KEY, such as crm:4711.")
    return SourceKey(system=system, key=key)


def end_of(day: datetime | None) -> datetime | None:
    """Return when a decision ends that is to hold through that day (UTC)."""
    if day is None:
        return None
    ends = datetime.combine(day.date(), time.max, tzinfo=utc_now().tzinfo)
    if ends <= utc_now():
        raise typer.BadParameter(f"{day:%Y-%m-%d} is over; a decision ends in the future.")
    return ends
