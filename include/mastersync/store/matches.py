"""The client's matching state in PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from mastersync.domain.matching.model import (
    Judgement,
    MatchCandidate,
    MatchRecord,
    SourceKey,
    Verdict,
)
from mastersync.ports.matches import DeltaRecord, NewCustomer, NewLink
from mastersync.store.database import Session


@dataclass(frozen=True, kw_only=True)
class _Known:
    record_id: int
    system: str
    source_key: str
    fields: Mapping[str, str]
    customer_id: str | None

    def record(self) -> MatchRecord:
        return MatchRecord(
            record_id=self.record_id,
            system=self.system,
            source_key=self.source_key,
            fields=self.fields,
            customer_id=self.customer_id,
        )


@dataclass(frozen=True, kw_only=True)
class _Delta(_Known):
    version_id: int


@dataclass(frozen=True, kw_only=True)
class _Pair:
    left_id: int
    right_id: int


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

    def delta(
        self, *, systems: Sequence[str], after_version_id: int, size: int
    ) -> list[DeltaRecord]:
        """Return the next versions to match; see the port."""
        found = self._session.many(
            "matches/list_delta",
            _Delta,
            client_id=self._client_id,
            systems=list(systems),
            after_version_id=after_version_id,
            size=size,
        )
        return [DeltaRecord(version_id=row.version_id, record=row.record()) for row in found]

    def index(self, keys: Mapping[int, frozenset[str]]) -> None:
        """Replace the keys of records; see the port."""
        flat = [(record_id, key) for record_id, own in keys.items() for key in sorted(own)]
        self._session.execute("matches/drop_keys", client_id=self._client_id, record_ids=list(keys))
        self._session.execute(
            "matches/add_keys",
            client_id=self._client_id,
            record_ids=[record_id for record_id, _ in flat],
            keys=[key for _, key in flat],
        )

    def pairs(self, record_ids: Sequence[int], *, max_per_key: int) -> list[tuple[int, int]]:
        """Return the pairs worth comparing; see the port."""
        found = self._session.many(
            "matches/list_pairs",
            _Pair,
            client_id=self._client_id,
            record_ids=list(record_ids),
            max_per_key=max_per_key,
        )
        return [(pair.left_id, pair.right_id) for pair in found]

    def known(self, record_ids: Sequence[int]) -> list[MatchRecord]:
        """Return records as last prepared; see the port."""
        found = self._session.many(
            "matches/list_known", _Known, client_id=self._client_id, record_ids=list(record_ids)
        )
        return [row.record() for row in found]

    def by_keys(self, system: str, keys: Sequence[str]) -> list[MatchRecord]:
        """Return records by their keys; see the port."""
        record_ids: list[int] = self._session.values(
            "matches/find_records", client_id=self._client_id, system=system, keys=list(keys)
        )
        return self.known(record_ids)

    def judgements(self, record_ids: Sequence[int], *, now: datetime) -> list[Judgement]:
        """Return the decisions in force; see the port."""
        found = self._session.many(
            "matches/list_judgements",
            _Decision,
            client_id=self._client_id,
            record_ids=list(record_ids),
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
                        "sentence": candidate.sentence,
                        "parts": [asdict(part) for part in candidate.evidence],
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
                rows=[asdict(customer) for customer in customers],
                now=now,
            )

    def link(self, links: Sequence[NewLink], *, run_id: str, now: datetime) -> None:
        """Link records; see the port."""
        if links:
            self._session.execute(
                "matches/link_records",
                client_id=self._client_id,
                run_id=run_id,
                rows=[asdict(link) for link in links],
                now=now,
            )
