from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from backlogs import Backlog, backlog_template, running_backlog
from mastersync.store.embedded import EmbeddedServer


@pytest.fixture(scope="session")
def backlog_database(postgres_server: EmbeddedServer) -> Iterator[str]:
    with backlog_template(postgres_server) as url:
        yield str(make_url(url).database)


@pytest.fixture
def backlog(
    postgres_server: EmbeddedServer, backlog_database: str, tmp_path: Path
) -> Iterator[Backlog]:
    with running_backlog(postgres_server, template=backlog_database, home=tmp_path) as running:
        yield running
