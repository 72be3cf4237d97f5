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
class PastRequests:
    """What became of earlier questions to one customer."""

    customer_id: str
    last_asked_at: datetime
    request_count: int
    has_open: bool
    is_unreachable: bool


@dataclass(frozen=True, kw_only=True)
class TroubledMailbox:
    """A customer whose mail did not arrive or was not wanted.

    ``is_dead`` is whether that is still their address; ``is_told`` whether a ticket said so.
    """

    customer_id: str
    is_dead: bool
    is_told: bool


class ConfirmationRequests(Protocol):
    """The confirmation requests of one client, within one transaction."""

    def ask(self, requests: Sequence[NewRequest], *, now: datetime) -> None:
        """Keep the requests; the mails that carry them are effects."""
        ...

    def candidates(self, *, asked_before: datetime, limit: int) -> list[str]:
        """Return customers with an email address who were not asked since then, by id."""
        ...

    def past(self, customer_ids: Sequence[str], *, now: datetime) -> list[PastRequests]:
        """Return what became of earlier requests, of each customer that was ever asked."""
        ...

    def undeliverable(self) -> list[TroubledMailbox]:
        """Return the customers whose mail ever failed to arrive or was not wanted."""
        ...

    def mark_applied(self, answer_ids: Sequence[int]) -> None:
        """Settle the requests whose answers are in the golden record.

        By answer, not by customer: one given meanwhile is for the next forming.
        """
        ...

    def count_asked(self, run_id: str) -> int:
        """Return how many mails the run has planned."""
        ...
