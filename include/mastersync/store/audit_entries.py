"""The audit trail of one client: entries sealed each to its predecessor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mastersync.store.database import Session


@dataclass(frozen=True, kw_only=True)
class _Fault:
    seq: int
    expected_seq: int
    is_gap: bool
    is_unlinked: bool
    is_altered: bool


class PostgresAuditTrail:
    """Implements ``ports.store.AuditTrail``."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def append(
        self,
        action: str,
        *,
        actor: str,
        run_id: str | None,
        summary: Mapping[str, object],
        now: datetime,
    ) -> None:
        """Seal one entry onto the chain; counts and digests only, no personal data.

        Other writers of the same client wait until this transaction ends: append last.
        """
        self._session.value(
            "audit/append_entry",
            client_id=self._client_id,
            action=action,
            actor=actor,
            run_id=run_id,
            summary=summary,
            now=now,
        )

    def count(self) -> int:
        """Return how many entries the chain has."""
        count: int = self._session.value("audit/count_entries", client_id=self._client_id)
        return count

    def verify(self) -> list[str]:
        """Return each break of the chain, in words; empty when it holds.

        Entries cut off at the end leave no trace in the chain itself: that needs a copy of the
        newest hash kept somewhere else.
        """
        faults = self._session.many("audit/verify_entries", _Fault, client_id=self._client_id)
        return [f"{self._client_id}: {words}" for fault in faults for words in _in_words(fault)]


def _in_words(fault: _Fault) -> list[str]:
    words = []
    if fault.is_gap:
        words.append(f"audit entry {fault.expected_seq} is missing before {fault.seq}")
    if fault.is_unlinked:
        words.append(f"audit entry {fault.seq} is not sealed to its predecessor")
    if fault.is_altered:
        words.append(f"audit entry {fault.seq} was altered after it was written")
    return words
