"""Where tickets are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mastersync.domain.tickets.model import TicketDraft


class Tickets(Protocol):
    """The tickets of one client, within one transaction."""

    def ensure(self, draft: TicketDraft, *, now: datetime) -> int:
        """Open the ticket, or re-open or refresh the one of the same cause; returns its id.

        Subjects are added to those it has. Calling twice changes nothing but ``seen_count``.
        """
        ...

    def clear(self, subjects: Sequence[str], *, now: datetime) -> int:
        """Mark the subjects as settled; tickets with none left resolve. Returns how many did."""
        ...

    def resolve(self, cause_key: str, *, by: str, words: str, now: datetime) -> bool:
        """Resolve the open ticket of this cause; False when there is none open."""
        ...
