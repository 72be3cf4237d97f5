"""The lines to a client's systems: all processes that ask one stand in the same."""

from dataclasses import dataclass
from datetime import timedelta

from mastersync.ports.connections import ConnectionDetails
from mastersync.ports.paces import Line
from mastersync.ports.tokens import TokenShelf
from mastersync.store.database import Database
from mastersync.store.paces import PostgresPaces
from mastersync.wiring.token_shelf import StoreShelf

_SAVED_UP = timedelta(seconds=1)  # of requests not made


@dataclass(frozen=True)
class Lines:
    """The lines to one client's systems; each place taken is a transaction of its own."""

    database: Database
    client_id: str

    def to(self, target: str, *, per_second: float) -> Line:
        """Return the line to a target that may be asked so often."""
        return _StoreLine(self.database, self.client_id, target, timedelta(seconds=1 / per_second))

    def shelf(self, account: str, connection: ConnectionDetails, *, key: str) -> TokenShelf:
        """Return where the token of an account is kept, sealed with ``key``."""
        return StoreShelf(self.database, self.client_id, account, connection, key)


@dataclass(frozen=True)
class _StoreLine:
    """Implements `ports.paces.Line`."""

    database: Database
    client_id: str
    target: str
    each: timedelta

    def reserve(self, count: int) -> float:
        with self.database.begin() as session:
            paces = PostgresPaces(session, self.client_id)
            wait = paces.reserve(self.target, count=count, each=self.each, burst=_SAVED_UP)
        return wait.total_seconds()

    def defer(self, seconds: float) -> None:
        with self.database.begin() as session:
            PostgresPaces(session, self.client_id).defer(
                self.target, wait=timedelta(seconds=seconds)
            )
