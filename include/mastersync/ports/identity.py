"""Who is who: customers, what belongs to them, and the change feed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from mastersync.domain.identity.model import (
    CustomerLink,
    CustomerState,
    EffectBefore,
    IdentityChange,
    SubjectBefore,
)


@dataclass(frozen=True, kw_only=True)
class UnsentEffect:
    """An effect that was never tried. Without ``record_id`` it creates, mails or orders."""

    effect_id: UUID
    kind: str
    state: str
    record_id: int | None
    run_id: str


@dataclass(frozen=True, kw_only=True)
class RestoredEffect:
    """An effect that has not left and is there again.

    ``is_untold``: it is held, by a person or as part of its run's plan, and no open ticket says so.
    """

    effect_id: UUID
    run_id: str
    by_person: bool
    is_untold: bool


@dataclass(frozen=True, kw_only=True)
class Children:
    """How much hangs on customers and follows their redirects without being moved."""

    credit_reports: int
    answers: int
    requests: int
    pins: int
    effects: int


@dataclass(frozen=True, kw_only=True)
class Related:
    """A customer that a decision relates to another, read from left to right."""

    customer_id: str
    relation: str
    related_customer_id: str
    decision_id: int
    left_system: str
    left_key: str
    right_system: str
    right_key: str


@dataclass(frozen=True, kw_only=True)
class SplitOff:
    """A customer that a person makes out of records of another one.

    The policy version of the newest run is added to its search evidence.
    """

    customer_id: str
    search_evidence: Mapping[str, object]
    author: str


class Identity(Protocol):
    """The customers of one client and their changes, within one transaction."""

    def find(self, customer_ids: Sequence[str]) -> Mapping[str, CustomerState]:
        """Return customers as they stand; one that there is not is left out."""
        ...

    def lock(self, customer_ids: Sequence[str]) -> Mapping[str, CustomerState]:
        """Return customers, held until the transaction ends; one that there is not is left out.

        Nobody links to them meanwhile.
        """
        ...

    def within(self, customer_id: str) -> list[str]:
        """Return the customer and all that were merged into it."""
        ...

    def occupied(self, customer_ids: Sequence[str]) -> list[str]:
        """Return those of the ids that redirect, or have a record of their own."""
        ...

    def links(self, customer_id: str) -> list[CustomerLink]:
        """Return all links of a customer, also ended ones, oldest first."""
        ...

    def children(self, customer_ids: Sequence[str]) -> Children:
        """Count what hangs on these customers."""
        ...

    def move_links(self, link_ids: Sequence[int], *, to: str) -> None:
        """Let links belong to another customer; nothing else of them changes."""
        ...

    def unsent(self, customer_id: str) -> list[UnsentEffect]:
        """Return the effects of a customer that were never tried, locked."""
        ...

    def move_effects(self, effect_ids: Sequence[UUID], *, from_id: str, to: str) -> None:
        """Let effects belong to another customer; those that are not the first one's stay."""
        ...

    def withdraw_effects(self, effect_ids: Sequence[UUID], *, why: str, now: datetime) -> None:
        """Cancel effects that were never tried."""
        ...

    def restore_effects(self, effects: Sequence[EffectBefore], *, why: str) -> list[RestoredEffect]:
        """Give effects that were withdrawn for that reason their state back; returns them."""
        ...

    def revoke_requests(self, effect_ids: Sequence[UUID]) -> list[UUID]:
        """Revoke the open questions of mails that are withdrawn; returns their ids."""
        ...

    def restore_requests(self, request_ids: Sequence[UUID]) -> None:
        """Open revoked questions again."""
        ...

    def rename_subjects(self, from_id: str, *, to: str, now: datetime) -> list[SubjectBefore]:
        """Let open tickets be about another customer; returns what they were about."""
        ...

    def restore_subjects(
        self, subjects: Sequence[SubjectBefore], *, merges: Sequence[IdentityChange]
    ) -> None:
        """Let tickets be about what they were about; those settled since stay settled.

        ``merges`` are the one that is undone, and those that led its survivor on.
        """
        ...

    def redirect(self, customer_id: str, *, to: str | None) -> None:
        """Let a customer stand for another one, or for itself again."""
        ...

    def create(self, customer: SplitOff, *, now: datetime) -> bool:
        """Create a customer on a person's word; False when the id was ever used."""
        ...

    def tell(self, change: IdentityChange) -> int:
        """Append a change to the feed; returns its id, whatever the one given."""
        ...

    def changes(
        self, *, customer_ids: Sequence[str] = (), after: int = 0, limit: int = 1_000
    ) -> list[IdentityChange]:
        """Return the feed, oldest first: at most ``limit`` changes after number ``after``.

        Of given customers all changes are returned. Who goes on after the last number that it
        saw misses none: a change is never seen before one with a lower number.
        """
        ...

    def relations(self, *, customer_id: str | None = None, now: datetime) -> list[Related]:
        """Return who is related to whom, by the decisions in force."""
        ...

    def violations(self, *, now: datetime) -> list[str]:
        """Return what does not hold together, in words with ids; empty when all does.

        Redirects that end nowhere or are in no feed, links to customers that were merged, and
        decisions in force that links do not honour.
        """
        ...
