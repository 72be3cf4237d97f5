"""The paces of a client's targets in PostgreSQL."""

from datetime import datetime, timedelta

from mastersync.store.database import Session


class PostgresPaces:
    """Implements `ports.paces.Paces`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def reserve(self, target: str, *, count: int, each: timedelta, burst: timedelta) -> timedelta:
        """Take the next places; see the port."""
        wait: timedelta = self._session.value(
            "paces/reserve",
            client_id=self._client_id,
            target=target,
            taken=count * each,
            burst=burst,
        )
        return wait

    def defer(self, target: str, *, wait: timedelta) -> None:
        """Let nobody ask before the wait is over; see the port."""
        self._session.execute("paces/defer", client_id=self._client_id, target=target, wait=wait)

    def note_success(self, target: str, *, now: datetime) -> None:
        """Note that it took something; see the port."""
        self._session.execute(
            "paces/note_success", client_id=self._client_id, target=target, now=now
        )

    def note_failure(self, target: str) -> int:
        """Note that it took nothing; see the port."""
        count: int = self._session.value(
            "paces/note_failure", client_id=self._client_id, target=target
        )
        return count

    def rest(self, target: str, *, until: datetime) -> None:
        """Let nothing be claimed until then; see the port."""
        self._session.execute("paces/rest", client_id=self._client_id, target=target, until=until)
