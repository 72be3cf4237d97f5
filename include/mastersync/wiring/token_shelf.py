"""The token of an account at an agency, kept in the store for all workers."""

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from cryptography.fernet import Fernet, InvalidToken

from mastersync.connectors.agencies.tokens import LoginNotTried
from mastersync.errors import RetryableError
from mastersync.ports.connections import ConnectionDetails
from mastersync.store.agency_sessions import PostgresAgencySessions
from mastersync.store.database import Database

_LOGIN_AT_MOST = timedelta(seconds=90)  # longer than a request takes
_REST = timedelta(minutes=30)  # two log-ins an hour lock nobody out
_LOOK_AGAIN = 0.2  # seconds


@dataclass(frozen=True)
class StoreShelf:
    """Implements `ports.tokens.TokenShelf`; each look is a transaction of its own.

    The token is sealed with the installation's key, and credentials are known by a keyed digest:
    who reads the store learns neither. Correcting them is noticed at once.
    """

    database: Database
    client_id: str
    account: str
    connection: ConnectionDetails
    key: str

    def take(self, *, other_than: str) -> str:
        """Return the token, or "" to log in; waits for another who does. See the port."""
        give_up_at = time.monotonic() + _LOGIN_AT_MOST.total_seconds()
        while True:
            token = self._look(other_than)
            if token is not None:
                return token
            if time.monotonic() > give_up_at:
                raise RetryableError(
                    "Another worker is logging in at the agency, and takes too long.",
                    next_step="It is tried again later.",
                )
            time.sleep(_LOOK_AGAIN)

    def put(self, token: str, *, lasts: timedelta) -> None:
        """Keep the token, sealed; see the port."""
        sealed = self._seal.encrypt(token.encode())
        with self.database.begin() as session:
            PostgresAgencySessions(session, self.client_id).keep(self.account, sealed, lasts=lasts)

    def note_refusal(self) -> None:
        """Let nobody try these credentials for a while; see the port."""
        with self.database.begin() as session:
            PostgresAgencySessions(session, self.client_id).refuse(self.account, rest=_REST)

    def give_up(self) -> None:
        """Let another try; see the port."""
        with self.database.begin() as session:
            PostgresAgencySessions(session, self.client_id).end_login(self.account)

    def _look(self, other_than: str) -> str | None:
        with self.database.begin() as session:
            sessions = PostgresAgencySessions(session, self.client_id)
            held = sessions.lock(self.account, credentials=self._credentials)
            if held.is_refused:
                raise LoginNotTried
            token = self._open(held.sealed_token)
            if token and token != other_than:
                return token
            if held.is_logging_in:
                return None
            sessions.begin_login(self.account, at_most=_LOGIN_AT_MOST)
            return ""

    def _open(self, sealed: bytes | None) -> str:
        try:
            return "" if sealed is None else self._seal.decrypt(sealed).decode()
        except InvalidToken:  # the installation has another key since
            return ""

    @cached_property
    def _seal(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self._digest("seal")))

    @property
    def _credentials(self) -> str:
        extra = sorted(f"{name}={value}" for name, value in self.connection.extra.items())
        known = (self.connection.host, self.connection.login, self.connection.password, *extra)
        return self._digest("credentials", *known).hex()

    def _digest(self, *parts: str) -> bytes:
        text = "\0".join(("agency", self.client_id, self.account, *parts))
        return hmac.new(self.key.encode(), text.encode(), hashlib.sha256).digest()
