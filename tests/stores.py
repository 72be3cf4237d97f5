"""Stores with the schema in place and two clients registered, and what a superuser sees in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
from sqlalchemy import make_url

from databases import temporary_database
from mastersync.store.client_store import PostgresStore
from mastersync.store.database import Database, client_role, role_url
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients

SECRET = "k" * 40
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLIENTS = {"acme": "Acme", "globex": "Globex"}


@dataclass(frozen=True)
class TestStore:
    """A database of a test's own, by its superuser's address."""

    __test__ = False

    url: str

    @contextmanager
    def client(self, client_id: str = "acme") -> Iterator[PostgresStore]:
        """The store as the client's own role."""
        database = Database(role_url(self.url, client_role(client_id), secret_key=SECRET))
        try:
            yield PostgresStore(database, client_id)
        finally:
            database.close()

    @contextmanager
    def session(self, role: str = "postgres") -> Iterator[psycopg.Connection]:
        """A bare connection as a role; nothing is kept unless the test commits."""
        url = role_url(self.url, role, secret_key=SECRET).set(drivername="postgresql")
        with psycopg.connect(
            url.render_as_string(hide_password=False), options="-c search_path=mastersync"
        ) as session:
            session.execute("SELECT 1")  # opens the transaction that is undone at the end
            yield session
            session.rollback()

    def rows(self, query: str, *parameters: object) -> list[tuple]:
        """What the store holds, as its superuser sees it."""
        with self.session() as session:
            return session.execute(query, parameters).fetchall()

    def change(self, *statements: str, checks: bool = True) -> None:
        """Change the store as its superuser; without ``checks`` also against keys and triggers."""
        with self.session() as session:
            if not checks:
                session.execute("SET session_replication_role = replica")
            for statement in statements:
                session.execute(statement)
            session.commit()


@contextmanager
def migrated_template(server: EmbeddedServer) -> Iterator[str]:
    """The name of a database to copy: empty but for schema and clients."""
    with temporary_database(server) as url:
        migrate(admin_url=url, secret_key=SECRET)
        register_clients(admin_url=url, secret_key=SECRET, names=CLIENTS)
        yield make_url(url).database


@contextmanager
def store_copy(server: EmbeddedServer, template: str) -> Iterator[TestStore]:
    with temporary_database(server, template=template) as url:
        yield TestStore(url)
