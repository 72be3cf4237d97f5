"""The embedded PostgreSQL: starts, resumes, keeps the wall between roles, leaves nothing behind."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import sqlalchemy

from mastersync.store import embedded


@pytest.fixture
def data_dir() -> Iterator[Path]:
    # Not tmp_path: its parents are closed to others, and root's server runs as another user.
    with tempfile.TemporaryDirectory(prefix="mastersync-pg-test-") as home:
        directory = Path(home) / "pg"
        yield directory
        embedded.stop(directory)


def connect(server: embedded.EmbeddedServer, **keywords: str) -> "psycopg.Connection":
    return psycopg.connect(host=str(server.socket_dir), autocommit=True, **keywords)


def is_running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_a_second_start_attaches_to_the_same_server(data_dir: Path) -> None:
    first = embedded.start(data_dir)
    second = embedded.start(data_dir)
    assert second == first


def test_after_a_stop_nothing_runs_and_the_data_is_kept(data_dir: Path) -> None:
    server = embedded.start(data_dir)
    embedded.ensure_database(server, "kept")
    embedded.ensure_database(server, "kept")
    server.stop()
    assert not is_running(server.pid)
    with connect(embedded.start(data_dir), user="postgres", dbname="kept") as session:
        assert session.execute("SELECT 1").fetchone() == (1,)


def test_a_server_killed_on_the_spot_comes_back_with_its_data(data_dir: Path) -> None:
    server = embedded.start(data_dir)
    with connect(server, user="postgres") as session:
        session.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(server.pid, signal.SIGKILL)
    while is_running(server.pid):
        time.sleep(0.01)
    with connect(embedded.start(data_dir), user="postgres") as session:
        assert session.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_stale_pid_file_of_another_process_does_not_stop_a_start(data_dir: Path) -> None:
    server = embedded.start(data_dir)
    pid_file = data_dir / "postmaster.pid"
    text = pid_file.read_text()
    server.stop()
    lines = text.splitlines(keepends=True)
    pid_file.write_text("".join(["1\n", *lines[1:]]))
    assert embedded.start(data_dir).pid != 1


def test_every_role_but_the_superuser_needs_its_password(data_dir: Path) -> None:
    server = embedded.start(data_dir)
    with connect(server, user="postgres") as session:
        session.execute("CREATE ROLE some_client LOGIN PASSWORD 'right'")
    with connect(server, user="some_client", password="right", dbname="postgres") as session:
        assert session.execute("SELECT current_user").fetchone() == ("some_client",)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connect(server, user="some_client", password="wrong", dbname="postgres")
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        connect(server, user="some_client", dbname="postgres")


@pytest.mark.parametrize("name", ["d" * 90, "a blank & a + sign", "Büro"])
def test_a_home_that_does_not_suit_a_socket_gets_a_short_private_socket_directory(
    data_dir: Path, name: str
) -> None:
    server = embedded.start(data_dir.parent / name / "pg")
    try:
        assert server.socket_dir != server.data_dir
        assert server.socket_dir.stat().st_mode & 0o777 == 0o700
        engine = sqlalchemy.create_engine(server.url("postgres"))
        with engine.connect() as session:
            assert session.execute(sqlalchemy.text("SELECT 1")).scalar() == 1
        engine.dispose()
    finally:
        server.stop()
    assert not server.socket_dir.exists()


def test_a_fresh_database_is_empty(fresh_database: str) -> None:
    url = fresh_database.replace("+psycopg", "")
    with psycopg.connect(url) as session:
        rows = session.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert rows == []
