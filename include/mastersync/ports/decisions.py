"""What people decided on pairs of records."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mastersync.domain.decisions.model import PairDecision, PairWord
from mastersync.domain.matching.model import SourceKey


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where a record is: its customer, or None while it has none."""

    record_id: int
    customer_id: str | None


@dataclass(frozen=True, kw_only=True)
class StoredRecord:
    """A record as it was last prepared, and what it was prepared from."""

    record_id: int
    system: str
    source_key: str
    customer_id: str | None
    fields: Mapping[str, str]
    payload: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class StandingDecision:
    """A decision in force, with its records; None for one that is gone or was never landed."""

    decision: PairDecision
    left_id: int | None
    right_id: int | None


class Decisions(Protocol):
    """The decisions of one client, within one transaction."""

    def record(self, word: PairWord, *, now: datetime) -> int:
        """Keep a word as a fact; returns its decision id."""
        ...

    def withdraw(
        self, decision_ids: Sequence[int], *, author: str, reason: str, now: datetime
    ) -> None:
        """Take decisions back; one that is withdrawn already stays as it is."""
        ...

    def about(self, keys: Collection[SourceKey], *, now: datetime) -> list[PairDecision]:
        """Return the decisions in force that bear on these records, oldest first.

        Those that name one of them, or one that is the same as one of them by such decisions.
        """
        ...

    def listed(self, *, decision_id: int | None = None, limit: int = 1_000) -> list[PairDecision]:
        """Return decisions, the newest first, with those that no longer hold."""
        ...

    def standing(self, *, now: datetime) -> list[StandingDecision]:
        """Return the decisions in force, the newest of each pair, by decision id."""
        ...

    def homes(self, keys: Collection[SourceKey]) -> Mapping[SourceKey, Home]:
        """Return where these records are; one that was never landed is left out."""
        ...

    def records(self, keys: Collection[SourceKey] | None) -> list[StoredRecord]:
        """Return these records, or with None all that are linked, by record id."""
        ...
