"""Questions to customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class NewRequest:
    """A question to a customer; ``shown`` is exactly what the page shows."""

    request_id: UUID
    effect_id: UUID
    customer_id: str
    token_hash: bytes
    client_name: str
    language: str
    shown: Mapping[str, object]
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class PastRequest:
    """When a customer was last asked, and whether that question is still open."""

    customer_id: str
    created_at: datetime
    is_open: bool


class ConfirmationRequests(Protocol):
    """The confirmation requests of one client, within one transaction."""

    def ask(self, requests: Sequence[NewRequest], *, now: datetime) -> None:
        """Keep the requests; the mails that carry them are effects."""
        ...

    def past(self, customer_ids: Sequence[str], *, now: datetime) -> list[PastRequest]:
        """Return the newest request of each customer that was ever asked."""
        ...

    def mark_applied(self, customer_ids: Sequence[str]) -> None:
        """Settle answered requests whose answer is in the golden record."""
        ...

    def count_asked(self, run_id: str) -> int:
        """Return how many mails the run has planned."""
        ...
