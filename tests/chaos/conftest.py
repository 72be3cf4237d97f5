from collections.abc import Iterator
from pathlib import Path

import pytest

from mastersync.store.embedded import EmbeddedServer
from worlds import Outcome, World, running_world, world_template


@pytest.fixture(scope="session")
def world_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("world-template")


@pytest.fixture(scope="session")
def world_database(postgres_server: EmbeddedServer, world_home: Path) -> Iterator[str]:
    with world_template(postgres_server, world_home) as database:
        yield database


@pytest.fixture
def world(
    postgres_server: EmbeddedServer, world_database: str, world_home: Path, tmp_path: Path
) -> Iterator[World]:
    with running_world(
        postgres_server, database=world_database, template=world_home, home=tmp_path
    ) as running:
        yield running


@pytest.fixture(scope="session")
def undisturbed(
    postgres_server: EmbeddedServer,
    world_database: str,
    world_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Outcome:
    """What syncs lead to when nothing goes wrong."""
    with running_world(
        postgres_server,
        database=world_database,
        template=world_home,
        home=tmp_path_factory.mktemp("undisturbed"),
    ) as running:
        running.sync()
        running.settle()
        assert running.breaches() == ()
        return running.outcome()
