from collections.abc import Iterator

import pytest

from mastersync.store.embedded import EmbeddedServer
from stores import TestStore, store_copy


@pytest.fixture
def other_store(postgres_server: EmbeddedServer, store_template: str) -> Iterator[TestStore]:
    """Another store of this test's own."""
    with store_copy(postgres_server, store_template) as copy:
        yield copy
