"""A client as commands open it that reach its systems: as its own role, with its connections."""

from collections.abc import Iterator
from contextlib import contextmanager

from mastersync.cli.stack.airflow import sandbox_connections
from mastersync.config.connections import environment_connections
from mastersync.config.settings import load_settings
from mastersync.wiring.client import Client, open_client


@contextmanager
def open_wired(client_id: str) -> Iterator[Client]:
    """Open a client with connections from AIRFLOW_CONN_..., or those of the sandbox that is up.

    Raises:
        NotFoundError: There is no such client.
        ConfigError: Its file has mistakes, or a setting is missing.
    """
    settings = load_settings()
    samples = sandbox_connections(settings) if settings.is_embedded else {}
    with open_client(client_id, environment_connections(samples), settings=settings) as client:
        yield client
