"""The client's matching state in PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np

from mastersync.domain.matching.model import (
    Band,
    Evidence,
    Judgement,
    MatchCandidate,
    SourceKey,
    Verdict,
)
from mastersync.domain.search.entries import Ids
from mastersync.ports.matches import (
    DeltaRecord,
    KnownRecords,
    NewCustomer,
    NewLink,
    RecordHead,
    Ties,
)
from mastersync.ports.records import Batch
from mastersync.store.columns import read_numbers
from mastersync.store.database import Session

_NOBODY: Final = 0


@dataclass(frozen=True, kw_only=True)
class _Ready:
    record_ids: bytes | None


@dataclass(frozen=True, kw_only=True)
class _Known:
    record_ids: bytes | None
    fields: Sequence[Mapping[str, str]] | None
    customers: Sequence[str | None] | None


@dataclass(frozen=True, kw_only=True)
class _Ties:
    left_ids: bytes | None
    right_ids: bytes | None


@dataclass(frozen=True, kw_only=True)
class _Candidates:
    candidates: Sequence[Sequence[Any]] | None


@dataclass(frozen=True, kw_only=True)
class _Decision:
    left_system: str
    left_key: str
    right_system: str
    right_key: str
    kind: str


class PostgresMatches:
    """Implements `ports.matches.Matches`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def lock(self) -> None:
        """Let nobody else match; see the port."""
        self._session.execute("matches/lock_client", client_id=self._client_id)

    def ranges(self, *, size: int) -> list[Batch]:
        """Cut what is not yet compared into ranges; see the port."""
        return self._session.many("matches/cut_delta", Batch, client_id=self._client_id, size=size)

    def delta(self, batch: Batch) -> list[DeltaRecord]:
        """Return what is not yet compared of a range; see the port."""
        these = {"client_id": self._client_id, **asdict(batch)}
        self._session.execute("matches/lock_range", **these)
        return self._session.many("matches/list_delta", DeltaRecord, **these)

    def unindexed(self, *, after_record_id: int, size: int) -> list[DeltaRecord]:
        """Return the next records of an index made anew; see the port."""
        return self._session.many(
            "matches/list_unindexed",
            DeltaRecord,
            client_id=self._client_id,
            after_record_id=after_record_id,
            size=size,
        )

    def known(self, record_ids: Ids) -> KnownRecords:
        """Return records as the index has them; see the port."""
        found = self._session.one(
            "matches/list_known", _Known, client_id=self._client_id, record_ids=record_ids
        )
        return KnownRecords(
            record_ids=read_numbers(found.record_ids),
            fields=found.fields or (),
            customers=found.customers or (),
        )

    def ready(self, systems: Sequence[str]) -> Ids:
        """Return what has been searched for; see the port."""
        found = self._session.one(
            "matches/list_ready", _Ready, client_id=self._client_id, systems=list(systems)
        )
        return read_numbers(found.record_ids)

    def ties(self, record_ids: Ids, *, pointers: Mapping[str, str]) -> Ties:
        """Return what ties records to each other; see the port."""
        found = self._session.one(
            "matches/list_ties",
            _Ties,
            client_id=self._client_id,
            record_ids=record_ids,
            from_systems=list(pointers.keys()),
            to_systems=list(pointers.values()),
        )
        return Ties(left=read_numbers(found.left_ids), right=read_numbers(found.right_ids))

    def heads(self, record_ids: Ids, *, undecided: Ids) -> list[RecordHead]:
        """Return who records are; see the port."""
        return self._session.many(
            "matches/list_heads",
            RecordHead,
            client_id=self._client_id,
            record_ids=record_ids,
            undecided=np.where(np.isin(record_ids, undecided), record_ids, _NOBODY),
        )

    def candidates(self, record_ids: Ids) -> list[MatchCandidate]:
        """Return the pairs kept among records; see the port."""
        found = self._session.one(
            "matches/list_candidates",
            _Candidates,
            client_id=self._client_id,
            record_ids=record_ids,
        )
        told: dict[tuple[object, ...], Evidence] = {}  # many pairs are told the same
        return [
            MatchCandidate(
                left=left,
                right=right,
                score=score,
                band=Band(band),
                rule=rule,
                evidence=tuple(_evidence(part, told) for part in parts or ()),
                noun=noun or "customer",
            )
            for left, right, score, band, rule, noun, parts in found.candidates or ()
        ]

    def mark_compared(self, record_ids: Ids, numbers: Ids) -> None:
        """Remember with how many others records were compared; see the port."""
        if not len(record_ids):
            return
        self._session.execute(
            "matches/mark_compared",
            client_id=self._client_id,
            record_ids=record_ids,
            numbers=numbers,
        )

    def judgements(self, record_ids: Sequence[int], *, now: datetime) -> list[Judgement]:
        """Return the decisions in force; see the port."""
        found = self._session.many(
            "matches/list_judgements",
            _Decision,
            client_id=self._client_id,
            record_ids=np.array(record_ids, dtype=np.int64),
            now=now,
        )
        return [
            Judgement(
                left=SourceKey(system=row.left_system, key=row.left_key),
                right=SourceKey(system=row.right_system, key=row.right_key),
                verdict=Verdict(row.kind),
            )
            for row in found
        ]

    def drop_candidates(self, record_ids: Ids) -> None:
        """Take back the pairs of records; see the port."""
        self._session.execute(
            "matches/drop_candidates", client_id=self._client_id, record_ids=record_ids
        )

    def keep_candidates(
        self, candidates: Sequence[MatchCandidate], *, run_id: str, now: datetime
    ) -> None:
        """Keep pairs with their reasons; see the port."""
        if not candidates:
            return
        self._session.execute(
            "matches/keep_candidates",
            client_id=self._client_id,
            run_id=run_id,
            rows=[
                {
                    "left_record_id": candidate.left,
                    "right_record_id": candidate.right,
                    "score": candidate.score,
                    "band": candidate.band,
                    "rule": candidate.rule,
                    "evidence": {
                        "noun": candidate.noun,
                        "parts": [vars(part) for part in candidate.evidence],
                    },
                }
                for candidate in candidates
            ],
            now=now,
        )

    def create_customers(
        self, customers: Sequence[NewCustomer], *, run_id: str, now: datetime
    ) -> None:
        """Create customers; see the port."""
        if customers:
            self._session.execute(
                "matches/create_customers",
                client_id=self._client_id,
                run_id=run_id,
                rows=[vars(customer) for customer in customers],
                now=now,
            )

    def link(self, links: Sequence[NewLink], *, run_id: str, now: datetime) -> None:
        """Link records; see the port."""
        if links:
            self._session.execute(
                "matches/link_records",
                client_id=self._client_id,
                run_id=run_id,
                rows=[vars(link) for link in links],
                now=now,
            )


def _evidence(part: Mapping[str, Any], told: dict[tuple[object, ...], Evidence]) -> Evidence:
    """Return a piece of evidence, each that is told again once."""
    said = tuple(part.values())
    if said not in told:
        told[said] = Evidence(**part)
    return told[said]
