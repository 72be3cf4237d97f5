"""Where tickets are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mastersync.domain.tickets.model import (
    Ticket,
    TicketClock,
    TicketCount,
    TicketDraft,
    TicketEvent,
    TicketKind,
    TicketSubject,
)
from mastersync.domain.tickets.recurrence import TaskSuccess


class Tickets(Protocol):
    """The tickets of one client, within one transaction."""

    def ensure(self, draft: TicketDraft, *, now: datetime) -> int:
        """Open the ticket, or re-open or refresh the one of the same cause; returns its id.

        Subjects are added to those it has. Calling twice changes nothing but ``seen_count``.
        """
        ...

    def ensure_all(self, drafts: Sequence[TicketDraft], *, now: datetime) -> int:
        """Raise them like ``ensure``; returns how many were opened or re-opened."""
        ...

    def clear(
        self,
        subjects: Sequence[str],
        *,
        kinds: Sequence[TicketKind] = (),
        but: Sequence[tuple[str, str]] = (),
        now: datetime,
    ) -> int:
        """Mark the subjects as settled; tickets with none left resolve. Returns how many did.

        Only on tickets of these kinds, if any are given; ``but`` are (cause key, subject) that
        stay unsettled.
        """
        ...

    def replace_subjects(self, others: Sequence[tuple[str, str]], *, now: datetime) -> None:
        """Let guards' tickets be about what took the place of subjects: (old, new)."""
        ...

    def raise_again(self, subjects: Sequence[str], *, now: datetime) -> None:
        """Open the guards' tickets that were about these last, each with its own words."""
        ...

    def resolve(self, cause_key: str, *, by: str, words: str, now: datetime) -> bool:
        """Resolve the open ticket of this cause; False when there is none open."""
        ...


@dataclass(frozen=True, kw_only=True)
class OpenFailure:
    """An open ticket that the sweep closes when what failed has succeeded since.

    Without ``task_id`` it is about a whole run, without ``dag_id`` about an unreadable file.
    """

    cause_key: str
    dag_id: str | None
    run_id: str | None
    task_id: str | None
    map_index: int | None


class FailureTickets(Protocol):
    """The tickets of one client's failed tasks, runs and files, within one transaction."""

    def ensure_all(self, drafts: Sequence[TicketDraft], *, now: datetime) -> int:
        """Raise them like ``Tickets.ensure``; returns how many were opened or re-opened."""
        ...

    def settle(self, successes: Sequence[TaskSuccess], *, now: datetime) -> int:
        """Resolve the tickets of failures that these came after; returns how many."""
        ...

    def resolve(self, cause_key: str, *, by: str, words: str, now: datetime) -> bool:
        """Resolve the open ticket of this cause; False when there is none open."""
        ...

    def open_failures(self) -> Sequence[OpenFailure]:
        """Return the open ones."""
        ...


class TicketDesk(Protocol):
    """The tickets of the clients that an operator may see, within one transaction."""

    def list_open(
        self, *, client_id: str | None = None, kind: TicketKind | None = None, limit: int = 500
    ) -> Sequence[Ticket]:
        """Return open tickets, the newest first."""
        ...

    def count_open(self) -> Sequence[TicketCount]:
        """Count them by client and kind."""
        ...

    def get(self, ticket_id: int) -> Ticket:
        """Return the ticket.

        Raises:
            NotFoundError: There is none, or its client is not one of the operator's.
        """
        ...

    def events(self, ticket: Ticket) -> Sequence[TicketEvent]:
        """Return its history, oldest first."""
        ...

    def subjects(self, ticket: Ticket, *, limit: int = 100) -> Sequence[TicketSubject]:
        """Return what it is about, the unsettled first."""
        ...

    def clock(self, ticket: Ticket) -> TicketClock | None:
        """Return the most urgent SLA clock of what it is about; None when none runs."""
        ...

    def resolve(self, ticket: Ticket, *, by: str, words: str, now: datetime) -> bool:
        """Resolve it; False when somebody was first."""
        ...
