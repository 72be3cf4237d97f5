from collections.abc import Iterator
from pathlib import Path

import pytest

from mastersync.store.embedded import EmbeddedServer
from worlds import World, running_world, world_template


@pytest.fixture(scope="session")
def command_world_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("world-of-commands")


@pytest.fixture(scope="session")
def command_world_database(
    postgres_server: EmbeddedServer, command_world_home: Path
) -> Iterator[str]:
    with world_template(postgres_server, command_world_home) as database:
        yield database


@pytest.fixture
def world(
    postgres_server: EmbeddedServer,
    command_world_database: str,
    command_world_home: Path,
    tmp_path: Path,
) -> Iterator[World]:
    """A client with a sandbox of its own, and the ``mastersync`` command to run on it."""
    with running_world(
        postgres_server, database=command_world_database, template=command_world_home, home=tmp_path
    ) as running:
        yield running
