"""Finding the store, and opening it as the roles that are not a client's."""

from collections.abc import Iterator
from contextlib import contextmanager

from mastersync.config.clients import load_client
from mastersync.config.schedules import list_clients
from mastersync.config.settings import Settings
from mastersync.errors import ConfigError
from mastersync.store import embedded
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import DESK_ROLE, Database, role_url
from mastersync.store.migrate import register_clients
from mastersync.wiring.dying import failpoint_of


def store_url(settings: Settings) -> str:
    """Return the address of the store, as the role that may migrate it.

    Raises:
        ConfigError: No address is set, and the embedded store is not running.
    """
    if settings.store_url is not None:
        return settings.store_url.get_secret_value()
    server = embedded.running(settings.postgres_dir)
    if server is None:
        raise ConfigError(
            "The store is not running.",
            next_step="Start it with `mastersync up`, or set MASTERSYNC_STORE_URL.",
        )
    return server.url("mastersync")


@contextmanager
def open_desk(settings: Settings) -> Iterator[Database]:
    """Open the store as the desk, which states its clients for each transaction."""
    database = Database(
        role_url(store_url(settings), DESK_ROLE, secret_key=settings.key),
        failpoint=failpoint_of(settings.failpoint),
    )
    try:
        yield database
    finally:
        database.close()


def desk_store(database: Database, client_id: str) -> PostgresStore:
    """Return one client's store as the desk sees it."""
    return PostgresStore(database, client_id, states_client=True)


def register_all(settings: Settings) -> list[str]:
    """Give every client of the folder its row and its login role; returns their ids.

    A client whose file has mistakes is registered under its folder's name, so that its
    tickets have a place.
    """
    names: dict[str, str] = {}
    for client_id in list_clients(settings.clients_dir):
        try:
            names[client_id] = load_client(settings.clients_dir / client_id).name
        except ConfigError:
            names[client_id] = client_id
    register_clients(admin_url=store_url(settings), secret_key=settings.key, names=names)
    return list(names)
