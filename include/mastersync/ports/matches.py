"""Pairs, links and customers of the match step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mastersync.domain.matching.model import Judgement, MatchCandidate, SourceKey
from mastersync.domain.search.entries import Ids
from mastersync.ports.records import Batch


@dataclass(frozen=True, kw_only=True)
class NewCustomer:
    """A customer to create; ``search_evidence`` is the search that found no other."""

    customer_id: str
    search_evidence: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class NewLink:
    """A record to link to its customer."""

    record_id: int
    customer_id: str
    rule: str
    score: float
    evidence: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class DeltaRecord:
    """A record as a version says; ``indexed`` when the index has it so already."""

    version_id: int
    record_id: int
    fields: Mapping[str, str]
    indexed: bool


@dataclass(frozen=True, kw_only=True)
class KnownRecords:
    """Records of the index, in columns; a customer is None while a record has none."""

    record_ids: Ids
    fields: Sequence[Mapping[str, str]]
    customers: Sequence[str | None]


@dataclass(frozen=True, kw_only=True)
class RecordHead:
    """Who a record is and whose it is.

    ``version_id`` is the one to decide, None when there is none; ``keys`` and ``compared`` say
    what was searched for it.
    """

    record_id: int
    system: str
    source_key: str
    customer_id: str | None
    version_id: int | None
    keys: int
    compared: int

    @property
    def key(self) -> SourceKey:
        """The record's source key."""
        return SourceKey(system=self.system, key=self.source_key)


@dataclass(frozen=True, kw_only=True)
class Ties:
    """Pairs of records that have to be decided together."""

    left: Ids
    right: Ids


class Matches(Protocol):
    """The matching state of one client, within one transaction."""

    def lock(self) -> None:
        """Let nobody else link or rebuild the index until the transaction ends."""
        ...

    def ranges(self, *, size: int) -> list[Batch]:
        """Cut what is pending and not yet compared into ranges of about ``size``, in order."""
        ...

    def delta(self, batch: Batch) -> list[DeltaRecord]:
        """Return what is not yet compared of a range; nobody else gets it meanwhile."""
        ...

    def unindexed(self, *, after_record_id: int, size: int) -> list[DeltaRecord]:
        """Return the next records that belong into an index that is made anew."""
        ...

    def known(self, record_ids: Ids) -> KnownRecords:
        """Return records as the index has them."""
        ...

    def drop_candidates(self, record_ids: Ids) -> None:
        """Take back all pairs of records that have changed."""
        ...

    def keep_candidates(
        self, candidates: Sequence[MatchCandidate], *, run_id: str, now: datetime
    ) -> None:
        """Keep pairs with their reasons, those that speak against a group included.

        They are to come sorted by their records, or two that keep the same ones at once may
        wait for each other.
        """
        ...

    def mark_compared(self, record_ids: Ids, numbers: Ids) -> None:
        """Remember with how many others each record was compared."""
        ...

    def ready(self, systems: Sequence[str]) -> Ids:
        """Return the pending records of these systems that have been searched for."""
        ...

    def ties(self, record_ids: Ids, *, pointers: Mapping[str, str]) -> Ties:
        """Return what ties these records to each other and to others.

        ``pointers`` maps a system to the one whose keys its keys are.
        """
        ...

    def heads(self, record_ids: Ids, *, undecided: Ids) -> list[RecordHead]:
        """Return who records are and whose; ``undecided`` ones with the version to decide."""
        ...

    def candidates(self, record_ids: Ids) -> list[MatchCandidate]:
        """Return the pairs kept among these records."""
        ...

    def judgements(self, record_ids: Sequence[int], *, now: datetime) -> list[Judgement]:
        """Return the decisions in force that name one of these records."""
        ...

    def create_customers(
        self, customers: Sequence[NewCustomer], *, run_id: str, now: datetime
    ) -> None:
        """Create customers; one that exists already is left as it is."""
        ...

    def link(self, links: Sequence[NewLink], *, run_id: str, now: datetime) -> None:
        """Link records; one that is linked already keeps its link."""
        ...
