"""What every suite shares: one PostgreSQL for the whole session, one database for a test."""

import contextlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

# Airflow reads its settings on first import: a test that imports it must not touch ~/airflow.
os.environ.setdefault("AIRFLOW_HOME", str(Path(tempfile.gettempdir()) / "mastersync-tests-airflow"))

from mastersync.store import embedded


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[embedded.EmbeddedServer]:
    """A real PostgreSQL in a temporary directory, stopped and removed with the session."""
    home = Path(tempfile.mkdtemp(prefix="mastersync-pg-"))
    server = embedded.start(home / "pg", options=embedded.THROW_AWAY_OPTIONS)
    yield server
    server.stop()
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def postgres_admin_url(postgres_server: embedded.EmbeddedServer) -> str:
    """SQLAlchemy URL of the superuser on the database ``postgres``."""
    return postgres_server.url("postgres")


@pytest.fixture
def fresh_database(postgres_server: embedded.EmbeddedServer) -> Iterator[str]:
    """SQLAlchemy URL of the superuser on an empty database of this test's own."""
    with temporary_database(postgres_server) as url:
        yield url


@contextlib.contextmanager
def temporary_database(
    server: embedded.EmbeddedServer, *, template: str = "template1"
) -> Iterator[str]:
    """A copy of a template; roles belong to the server and are shared by all its databases."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(host=str(server.socket_dir), user="postgres", autocommit=True) as session:
        session.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        try:
            yield server.url(name)
        finally:
            session.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
