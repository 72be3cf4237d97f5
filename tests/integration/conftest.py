from collections.abc import Iterator

import pytest

from mastersync.store.embedded import EmbeddedServer
from stores import TestStore, migrated_template, store_copy


@pytest.fixture(scope="session")
def store_template(postgres_server: EmbeddedServer) -> Iterator[str]:
    """Migrating takes a second, copying a moment."""
    with migrated_template(postgres_server) as name:
        yield name


@pytest.fixture
def store(postgres_server: EmbeddedServer, store_template: str) -> Iterator[TestStore]:
    """A store of this test's own, with clients acme and globex."""
    with store_copy(postgres_server, store_template) as copy:
        yield copy
