"""The client's index of keys, candidate pairs, links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mastersync.domain.matching.model import Judgement, MatchCandidate, MatchRecord


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
    """A pending record to match, with the version that is pending."""

    version_id: int
    record: MatchRecord


class Matches(Protocol):
    """The matching state of one client, within one transaction."""

    def lock(self) -> None:
        """Let nobody else match this client's records until the transaction ends."""
        ...

    def delta(
        self, *, systems: Sequence[str], after_version_id: int, size: int
    ) -> list[DeltaRecord]:
        """Return the next pending, prepared versions of these systems by id."""
        ...

    def by_keys(self, system: str, keys: Sequence[str]) -> list[MatchRecord]:
        """Return the records of a system by their keys, as last prepared."""
        ...

    def index(self, keys: Mapping[int, frozenset[str]]) -> None:
        """Replace the keys of records: record id → keys."""
        ...

    def pairs(self, record_ids: Sequence[int], *, max_per_key: int) -> list[tuple[int, int]]:
        """Return each pair of one of these records and another that shares a key.

        Keys that more than ``max_per_key`` records share are no evidence and pair nobody.
        """
        ...

    def known(self, record_ids: Sequence[int]) -> list[MatchRecord]:
        """Return the records as last prepared, with the customer they are linked to."""
        ...

    def judgements(self, record_ids: Sequence[int], *, now: datetime) -> list[Judgement]:
        """Return the decisions in force that name one of these records."""
        ...

    def keep_candidates(
        self, candidates: Sequence[MatchCandidate], *, run_id: str, now: datetime
    ) -> None:
        """Keep pairs that are the same or may be, with their reasons."""
        ...

    def create_customers(
        self, customers: Sequence[NewCustomer], *, run_id: str, now: datetime
    ) -> None:
        """Create customers; one that exists already is left as it is."""
        ...

    def link(self, links: Sequence[NewLink], *, run_id: str, now: datetime) -> None:
        """Link records; one that is linked already keeps its link."""
        ...
