"""One store and one portal for all tests of a module."""

from collections.abc import Iterator

import pytest

from databases import temporary_database
from mastersync.store.embedded import EmbeddedServer
from mastersync.store.migrate import migrate, register_clients
from portals import CLIENTS, SECRET, Portal, running_portal


@pytest.fixture(scope="module")
def store_url(postgres_server: EmbeddedServer) -> Iterator[str]:
    with temporary_database(postgres_server) as url:
        migrate(admin_url=url, secret_key=SECRET)
        register_clients(admin_url=url, secret_key=SECRET, names=CLIENTS)
        yield url


@pytest.fixture
def portal(store_url: str) -> Iterator[Portal]:
    with running_portal(store_url) as portal:
        yield portal
