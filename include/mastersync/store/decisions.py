"""What people decided on pairs of records, in PostgreSQL."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.decisions.model import PairDecision, PairWord, Relation, Withdrawal
from mastersync.domain.matching.model import SourceKey, Verdict
from mastersync.ports.decisions import Home, StandingDecision, StoredRecord
from mastersync.store.database import Session


@dataclass(frozen=True, kw_only=True)
class _Decision:
    decision_id: int
    kind: str
    left_system: str
    left_key: str
    right_system: str
    right_key: str
    relation: str | None
    author: str
    reason: str
    decided_at: datetime
    expires_at: datetime | None
    ticket_id: int | None
    withdrawn_by: str | None = None
    withdrawal_reason: str | None = None
    withdrawn_at: datetime | None = None

    def decision(self) -> PairDecision:
        return PairDecision(
            decision_id=self.decision_id,
            word=PairWord(
                verdict=Verdict(self.kind),
                left=SourceKey(system=self.left_system, key=self.left_key),
                right=SourceKey(system=self.right_system, key=self.right_key),
                author=self.author,
                reason=self.reason,
                relation=None if self.relation is None else Relation(self.relation),
                expires_at=self.expires_at,
                ticket_id=self.ticket_id,
            ),
            decided_at=self.decided_at,
            withdrawal=None
            if self.withdrawn_at is None
            else Withdrawal(
                author=self.withdrawn_by or "",
                reason=self.withdrawal_reason or "",
                withdrawn_at=self.withdrawn_at,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class _Standing(_Decision):
    left_record_id: int | None
    right_record_id: int | None


@dataclass(frozen=True, kw_only=True)
class _Home:
    system: str
    source_key: str
    record_id: int
    customer_id: str | None


class PostgresDecisions:
    """Implements `ports.decisions.Decisions`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def record(self, word: PairWord, *, now: datetime) -> int:
        """Keep a word; see the port."""
        decision_id: int = self._session.value(
            "decisions/record_decision",
            client_id=self._client_id,
            verdict=word.verdict,
            left_system=word.left.system,
            left_key=word.left.key,
            right_system=word.right.system,
            right_key=word.right.key,
            relation=word.relation,
            author=word.author,
            reason=word.reason,
            ticket_id=word.ticket_id,
            expires_at=word.expires_at,
            now=now,
        )
        return decision_id

    def withdraw(
        self, decision_ids: Sequence[int], *, author: str, reason: str, now: datetime
    ) -> None:
        """Take decisions back; see the port."""
        if decision_ids:
            self._session.execute(
                "decisions/withdraw_decisions",
                client_id=self._client_id,
                decision_ids=list(decision_ids),
                author=author,
                reason=reason,
                now=now,
            )

    def about(self, keys: Collection[SourceKey], *, now: datetime) -> list[PairDecision]:
        """Return the decisions that bear on records; see the port."""
        found = self._session.many(
            "decisions/list_about",
            _Decision,
            client_id=self._client_id,
            systems=[key.system for key in keys],
            keys=[key.key for key in keys],
            now=now,
        )
        return [row.decision() for row in found]

    def listed(self, *, decision_id: int | None = None, limit: int = 1_000) -> list[PairDecision]:
        """Return decisions, the newest first; see the port."""
        found = self._session.many(
            "decisions/list_decisions",
            _Decision,
            client_id=self._client_id,
            decision_id=decision_id,
            max_decisions=limit,
        )
        return [row.decision() for row in found]

    def standing(self, *, now: datetime) -> list[StandingDecision]:
        """Return the decisions in force; see the port."""
        found = self._session.many(
            "decisions/list_standing", _Standing, client_id=self._client_id, now=now
        )
        return [
            StandingDecision(
                decision=row.decision(), left_id=row.left_record_id, right_id=row.right_record_id
            )
            for row in found
        ]

    def homes(self, keys: Collection[SourceKey]) -> Mapping[SourceKey, Home]:
        """Return where records are; see the port."""
        found = self._session.many(
            "decisions/find_homes",
            _Home,
            client_id=self._client_id,
            systems=[key.system for key in keys],
            keys=[key.key for key in keys],
        )
        return {
            SourceKey(system=row.system, key=row.source_key): Home(
                record_id=row.record_id, customer_id=row.customer_id
            )
            for row in found
        }

    def records(self, keys: Collection[SourceKey] | None) -> list[StoredRecord]:
        """Return records as they are matched; see the port."""
        return self._session.many(
            "decisions/list_records",
            StoredRecord,
            client_id=self._client_id,
            systems=None if keys is None else [key.system for key in keys],
            keys=None if keys is None else [key.key for key in keys],
        )
