"""One client's store in PostgreSQL: transactions over its stations."""

from collections.abc import Iterator
from contextlib import contextmanager

from mastersync.store.database import Database
from mastersync.store.rehearsal import PostgresRehearsal
from mastersync.store.unit import PostgresUnit


class PostgresStore:
    """Implements `ports.store.Store`; ``states_client`` when the role is not the client's own."""

    def __init__(self, database: Database, client_id: str, *, states_client: bool = False) -> None:
        self._database = database
        self._client_id = client_id
        self._stated = (client_id,) if states_client else ()

    @property
    def client_id(self) -> str:
        """Whose store it is."""
        return self._client_id

    @contextmanager
    def begin(self) -> Iterator[PostgresUnit]:
        """Open a transaction; see the port."""
        with self._database.begin(clients=self._stated) as session:
            yield PostgresUnit(session, self._client_id)

    @contextmanager
    def rehearse(self) -> Iterator[PostgresRehearsal]:
        """Open a rehearsal; see the port."""
        transaction = self._database.begin(clients=self._stated)
        with PostgresRehearsal.opened(transaction, self._client_id) as rehearsal:
            yield rehearsal
