"""One client's store within one transaction, which is kept as a whole or not at all.

What a derivation does in many transactions is done here in as many savepoints: the same code,
and nothing that anybody else sees until the end. Locks are held until then, too, and numbers
taken from sequences are gone either way.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Self

from mastersync.store.audit_entries import PostgresAuditTrail
from mastersync.store.database import Session
from mastersync.store.unit import PostgresUnit


class _NotKept(Exception):
    """Rolls a rehearsal back; nothing went wrong."""


@dataclass(frozen=True, kw_only=True)
class _Entry:
    action: str
    actor: str
    run_id: str | None
    summary: Mapping[str, object]
    now: datetime


class _PutOffAuditTrail(PostgresAuditTrail):
    """Collects what is to be sealed: whoever appends makes all others wait until the end."""

    def __init__(self, session: Session, client_id: str, entries: list[_Entry]) -> None:
        super().__init__(session, client_id)
        self._entries = entries

    def append(
        self,
        action: str,
        *,
        actor: str,
        run_id: str | None,
        summary: Mapping[str, object],
        now: datetime,
    ) -> None:
        """Take the entry down; it is sealed when the rehearsal is kept."""
        self._entries.append(
            _Entry(action=action, actor=actor, run_id=run_id, summary=summary, now=now)
        )


class _RehearsedUnit(PostgresUnit):
    """A savepoint, with the audit entries that go with it."""

    def __init__(self, session: Session, client_id: str) -> None:
        super().__init__(session, client_id)
        self.entries: list[_Entry] = []

    @cached_property
    def audit(self) -> PostgresAuditTrail:
        return _PutOffAuditTrail(self._session, self._client_id, self.entries)


class PostgresRehearsal:
    """Implements `ports.store.Rehearsal`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id
        self._entries: list[_Entry] = []
        self._is_kept = False

    @classmethod
    @contextmanager
    def opened(cls, transaction: AbstractContextManager[Session], client_id: str) -> Iterator[Self]:
        """Rehearse in a transaction; it is rolled back at the end unless it was to be kept."""
        with suppress(_NotKept), transaction as session:
            rehearsal = cls(session, client_id)
            yield rehearsal
            rehearsal._end()

    @property
    def client_id(self) -> str:
        """Whose store it is."""
        return self._client_id

    @contextmanager
    def begin(self) -> Iterator[PostgresUnit]:
        """Open a savepoint; see the port."""
        with self._session.savepoint():
            unit = _RehearsedUnit(self._session, self._client_id)
            yield unit
        self._entries += unit.entries

    @contextmanager
    def rehearse(self) -> Iterator["PostgresRehearsal"]:
        """Open a rehearsal within this one; see the port."""
        savepoint = _as_transaction(self._session)
        with PostgresRehearsal.opened(savepoint, self._client_id) as inner:
            yield inner

    def keep(self) -> None:
        """Have everything kept; see the port."""
        self._is_kept = True

    def _end(self) -> None:
        if not self._is_kept:
            raise _NotKept
        trail = PostgresAuditTrail(self._session, self._client_id)
        for entry in self._entries:
            trail.append(
                entry.action,
                actor=entry.actor,
                run_id=entry.run_id,
                summary=entry.summary,
                now=entry.now,
            )


@contextmanager
def _as_transaction(session: Session) -> Iterator[Session]:
    with session.savepoint():
        yield session
