"""The log-ins of a client's accounts at agencies in PostgreSQL."""

from datetime import timedelta

from mastersync.ports.agency_sessions import HeldSession
from mastersync.store.database import Session


class PostgresAgencySessions:
    """Implements `ports.agency_sessions.AgencySessions`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def lock(self, account: str, *, credentials: str) -> HeldSession:
        """Look at the account alone; see the port."""
        return self._session.one(
            "agency_sessions/lock_session",
            HeldSession,
            client_id=self._client_id,
            account=account,
            credentials=credentials,
        )

    def begin_login(self, account: str, *, at_most: timedelta) -> None:
        """Let all others wait; see the port."""
        self._session.execute(
            "agency_sessions/begin_login",
            client_id=self._client_id,
            account=account,
            at_most=at_most,
        )

    def keep(self, account: str, sealed_token: bytes, *, lasts: timedelta) -> None:
        """Keep the token; see the port."""
        self._session.execute(
            "agency_sessions/keep_token",
            client_id=self._client_id,
            account=account,
            sealed_token=sealed_token,
            lasts=lasts,
        )

    def refuse(self, account: str, *, rest: timedelta) -> None:
        """Note the refusal; see the port."""
        self._session.execute(
            "agency_sessions/note_refusal", client_id=self._client_id, account=account, rest=rest
        )

    def end_login(self, account: str) -> None:
        """Let another try; see the port."""
        self._session.execute(
            "agency_sessions/end_login", client_id=self._client_id, account=account
        )
