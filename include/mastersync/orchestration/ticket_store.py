"""The store of tickets, for Airflow's processes: as the desk, for stated clients."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from mastersync.config.settings import load_settings
from mastersync.errors import ConfigError
from mastersync.ports.tickets import FailureTickets, TicketDesk
from mastersync.store.database import DESK_ROLE, Database, Session, role_url
from mastersync.store.ticket_desk import PostgresTicketDesk, registered_clients
from mastersync.store.tickets import PostgresTickets
from mastersync.wiring.dying import failpoint_of

_CONNECT_TIMEOUT = 10


class TicketStore:
    """Tickets of any client; each transaction is about the clients it states."""

    def __init__(self, database: Database, *, patience: int | None = None) -> None:
        self._database = database
        self._patience = patience

    def registered(self, client_ids: Sequence[str]) -> set[str]:
        """Return those of the clients that may have tickets."""
        if not client_ids:
            return set()
        with self._begin(client_ids) as session:
            return set(registered_clients(session))

    @contextmanager
    def failures(self, client_id: str) -> Iterator[FailureTickets]:
        """Open a transaction on one client's tickets."""
        with self._begin([client_id]) as session:
            yield PostgresTickets(session, client_id)

    @contextmanager
    def desk(self, client_ids: Sequence[str]) -> Iterator[TicketDesk]:
        """Open a transaction on the tickets of these clients."""
        with self._begin(client_ids) as session:
            yield PostgresTicketDesk(session)

    @contextmanager
    def _begin(self, client_ids: Sequence[str]) -> Iterator[Session]:
        with self._database.begin(clients=client_ids) as session:
            if self._patience is not None:
                session.value("tickets/limit_waiting", patience=f"{self._patience}s")
            yield session


@contextmanager
def open_ticket_store(*, patience: int | None = None) -> Iterator[TicketStore]:
    """Connect for as long as the block lasts.

    ``patience``, in seconds, is for callers that must not be held up: they rather fail.
    """
    settings = load_settings()
    if settings.store_url is None:
        raise ConfigError(
            "This process of Airflow does not know where the store is: no ticket can be raised.",
            next_step="Set MASTERSYNC_STORE_URL; `mastersync up` does so by itself.",
        )
    url = role_url(settings.store_url.get_secret_value(), DESK_ROLE, secret_key=settings.key)
    database = Database(
        url,
        pool_size=1,
        connect_timeout=patience or _CONNECT_TIMEOUT,
        failpoint=failpoint_of(settings.failpoint),
    )
    try:
        yield TicketStore(database, patience=patience)
    finally:
        database.close()
