"""What every suite shares: one PostgreSQL for the session, one database for a test, and honesty.

Tests that need a program which this machine lacks are left out, and the end of the run says so.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from databases import temporary_database
from mastersync.store import embedded

PROGRAMS = {
    "browser": ("chromium", "chromium-browser", "google-chrome"),
    "redis": ("redis-server",),
}
MEMORY = Path("/dev/shm")  # of Linux; elsewhere there is none
ROOM = 4 << 30  # bytes; a session takes a hundred MB or two, and four run at once

# A law is not broken by a machine that is busy.
settings.register_profile("mastersync", deadline=None)
settings.load_profile("mastersync")

NOT_INSTALLED = "{} is not installed"
AIRFLOW_HOME = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    # Airflow reads its settings on first import: a test that imports it must not touch ~/airflow.
    home = tempfile.TemporaryDirectory(prefix="mastersync-airflow-", ignore_cleanup_errors=True)
    config.stash[AIRFLOW_HOME] = home
    os.environ["AIRFLOW_HOME"] = home.name
    # Settings of a developer's shell must not decide what a test sees.
    for variable in [name for name in os.environ if name.startswith("MASTERSYNC_")]:
        del os.environ[variable]


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[AIRFLOW_HOME].cleanup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = {
        marker: programs[0]
        for marker, programs in PROGRAMS.items()
        if not any(shutil.which(program) for program in programs)
    }
    for item in items:
        for marker, program in missing.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=NOT_INSTALLED.format(program)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())]
    left_out = {
        program: sum(NOT_INSTALLED.format(program) in reason for reason in reasons)
        for program, *_ in PROGRAMS.values()
    }
    if not any(left_out.values()):
        return
    terminalreporter.section("LEFT OUT", sep="!", red=True, bold=True)
    for program, count in left_out.items():
        if count:
            terminalreporter.line(
                f"{count} test(s) did not run, because {program} is not installed."
            )
    terminalreporter.line("Install what is missing (as root: .ci/run does) and run again.")


def _roomy_memory() -> Path | None:
    """Where files are kept in memory, if there is room: each copy of a database is hundreds."""
    is_ours = MEMORY.is_dir() and os.access(MEMORY, os.W_OK | os.X_OK)
    has_room = is_ours and shutil.disk_usage(MEMORY).free >= ROOM
    return MEMORY if has_room else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[embedded.EmbeddedServer]:
    """A real PostgreSQL in a temporary directory, stopped and removed with the session."""
    home = Path(tempfile.mkdtemp(prefix="mastersync-pg-", dir=_roomy_memory()))
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
