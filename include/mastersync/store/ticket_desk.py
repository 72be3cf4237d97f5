"""Tickets as operators read and clear them, over all clients they may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.tickets.model import (
    Ticket,
    TicketClock,
    TicketCount,
    TicketEvent,
    TicketKind,
    TicketSubject,
)
from mastersync.errors import NotFoundError
from mastersync.store.database import Session
from mastersync.store.tickets import resolve_tickets


@dataclass(frozen=True, kw_only=True)
class _TicketRow(Ticket):
    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", TicketKind(self.kind))


@dataclass(frozen=True, kw_only=True)
class _CountRow(TicketCount):
    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", TicketKind(self.kind))


class PostgresTicketDesk:
    """Implements ``ports.tickets.TicketDesk``; the session states whose tickets it sees."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_open(
        self, *, client_id: str | None = None, kind: TicketKind | None = None, limit: int = 500
    ) -> Sequence[Ticket]:
        """Return open tickets, the newest first."""
        return self._session.many(
            "tickets/list_open",
            _TicketRow,
            client_id=client_id,
            kind=None if kind is None else kind.value,
            max_tickets=limit,
        )

    def count_open(self) -> Sequence[TicketCount]:
        """Count them by client and kind."""
        return self._session.many("tickets/count_open", _CountRow)

    def get(self, ticket_id: int) -> Ticket:
        """Return the ticket, or raise NotFoundError."""
        found = self._session.maybe("tickets/get_ticket", _TicketRow, ticket_id=ticket_id)
        if found is None:
            raise NotFoundError(
                f"There is no ticket {ticket_id} among those you may see.",
                next_step="List the open ones: mastersync ticket list.",
                ticket_id=ticket_id,
            )
        return found

    def events(self, ticket: Ticket) -> list[TicketEvent]:
        """Return its history, oldest first."""
        return self._session.many(
            "tickets/list_events",
            TicketEvent,
            client_id=ticket.client_id,
            ticket_id=ticket.ticket_id,
        )

    def subjects(self, ticket: Ticket, *, limit: int = 100) -> list[TicketSubject]:
        """Return what it is about, the unsettled first."""
        return self._session.many(
            "tickets/list_subjects",
            TicketSubject,
            client_id=ticket.client_id,
            ticket_id=ticket.ticket_id,
            max_subjects=limit,
        )

    def clock(self, ticket: Ticket) -> TicketClock | None:
        """Return the most urgent SLA clock of what it is about."""
        return self._session.maybe(
            "tickets/find_clock",
            TicketClock,
            client_id=ticket.client_id,
            ticket_id=ticket.ticket_id,
        )

    def resolve(self, ticket: Ticket, *, by: str, words: str, now: datetime) -> bool:
        """Resolve it; False when somebody was first."""
        resolved_count = resolve_tickets(
            self._session,
            ticket.client_id,
            ticket_ids=[ticket.ticket_id],
            by=by,
            words=words,
            now=now,
        )
        return resolved_count > 0


def registered_clients(session: Session) -> list[str]:
    """Return those of the stated clients that may have tickets."""
    return session.values("tickets/list_registered")
