"""Watching the SLA clocks of all clients, each as its own role."""

from mastersync.config.clients import load_client
from mastersync.config.schedules import list_clients
from mastersync.config.settings import Settings
from mastersync.errors import ConfigError, MastersyncError
from mastersync.ports.connections import Connections
from mastersync.usecases.watch_clocks import watch_clocks
from mastersync.wiring.client import open_client


def watch_all(settings: Settings, connections: Connections) -> dict[str, dict[str, int]]:
    """Read the clocks of every client that was promised something; returns counts by client.

    Raises:
        MastersyncError: The clocks of a client could not be read; the first such error, when all
            the others have been.
    """
    watched: dict[str, dict[str, int]] = {}
    troubles: list[MastersyncError] = []
    for client_id in list_clients(settings.clients_dir):
        if not _was_promised(settings, client_id):
            continue
        try:
            with open_client(client_id, connections, settings=settings) as client:
                watched[client_id] = watch_clocks(client.store, client.rules, now=client.clock())
        except MastersyncError as error:
            troubles.append(error)
    if troubles:
        raise troubles[0]
    return watched


def _was_promised(settings: Settings, client_id: str) -> bool:
    try:
        return load_client(settings.clients_dir / client_id).sla is not None
    except ConfigError:
        return False  # its file is wrong, which the DAG files report
