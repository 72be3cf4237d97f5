"""The client's index of keys, with what is counted over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mastersync.domain.search.entries import Entries, Ids, IndexChange
from mastersync.ports.matches import DeltaRecord


@dataclass(frozen=True, kw_only=True)
class IndexState:
    """How far the index is; what is not ``complete`` must not be searched."""

    edition: int
    records: int
    indexed_to: int
    complete: bool


@dataclass(frozen=True, kw_only=True)
class Holders:
    """Who has a key: sorted ``keys``, each once for every record that has it."""

    keys: Ids
    record_ids: Ids


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Hashes, sorted, and how often each counts; what is not there counts nothing."""

    hashes: Ids
    counts: Ids


@dataclass(frozen=True, kw_only=True)
class StoredModel:
    """The weights in force, as the engine wrote them."""

    model_no: int
    model: Mapping[str, object]
    learned_from: int


@dataclass(frozen=True, kw_only=True)
class ModelVersion:
    """Weights that were put in force, by whom, when and why.

    Args:
        model_no: Counts from 1; 0 are the default weights, which no row holds.
        learned_from: How many records the client had.
        restores: The version whose weights these are again; None when they were learned.
        evidence: What was seen then, as counts.
    """

    model_no: int
    model: Mapping[str, object]
    learned_from: int
    author: str
    reason: str
    made_at: datetime
    restores: int | None = None
    evidence: Mapping[str, object] = field(default_factory=dict)


class MatchIndex(Protocol):
    """The index of one client, within one transaction."""

    def share(self) -> None:
        """Keep whoever links or rebuilds out until the transaction ends; others may share."""
        ...

    def state(self) -> IndexState | None:
        """Return how far the index is; None for a client that was never indexed."""
        ...

    def clear(self, *, edition: int) -> None:
        """Empty the index and begin it anew in an edition of keys."""
        ...

    def advance(self, *, indexed_to: int, complete: bool) -> None:
        """Remember up to which record older ones have been taken in."""
        ...

    def entries(self, record_ids: Ids) -> Entries:
        """Return what the index holds of records, without those it does not know."""
        ...

    def apply(self, change: IndexChange) -> None:
        """Change who has which keys, and what is common."""
        ...

    def keep(self, new: Entries, *, version_ids: Ids, compared: Ids | None) -> None:
        """Keep what the index now holds of records, by which they can be taken out again.

        Args:
            version_ids: Those of ``new``'s records, in their order.
            compared: With how many others each was compared; None when that is still to come.
        """
        ...

    def holders(self, keys: Ids, *, most: int) -> Holders:
        """Return who has these distinct keys; a key that more than ``most`` have is left out."""
        ...

    def terms(self, terms: Ids) -> Counted:
        """Return in how many records each word occurs."""
        ...

    def contacts(self, contacts: Ids, *, most: int) -> Counted:
        """Return under how many distinct names each contact is used, counted up to ``most``."""
        ...

    def model(self) -> StoredModel | None:
        """Return the weights in force; None while they are the default ones."""
        ...

    def lock_model(self) -> None:
        """Let nobody else learn weights until the transaction ends."""
        ...

    def models(self) -> list[ModelVersion]:
        """Return all weights that were ever in force, the newest first."""
        ...

    def keep_model(self, version: ModelVersion) -> bool:
        """Put weights in force; False when that version is there already: somebody was first."""
        ...

    def sample(self, *, every: int) -> list[DeltaRecord]:
        """Return every so many-th record of the index, as it is in it."""
        ...
