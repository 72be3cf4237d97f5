"""Databases that live as long as a test."""

import contextlib
import uuid
from collections.abc import Iterator

import psycopg
from psycopg import sql

from mastersync.store import embedded


@contextlib.contextmanager
def temporary_database(
    server: embedded.EmbeddedServer, *, template: str = "template1"
) -> Iterator[str]:
    """A copy of a template; roles belong to the server and are shared by all its databases.

    Files are copied as such: by way of the log, PostgreSQL takes twice the time.
    """
    name = f"test_{uuid.uuid4().hex}"
    with _superuser(server) as session:
        session.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    try:
        yield server.url(name)
    finally:  # by another connection: a test may have crashed the server meanwhile
        with _superuser(server) as session:
            session.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _superuser(server: embedded.EmbeddedServer) -> psycopg.Connection:
    return psycopg.connect(host=str(server.socket_dir), user="postgres", autocommit=True)
