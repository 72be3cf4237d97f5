"""What a process of a world does; imports little, since many are started to be killed."""

import multiprocessing
from collections.abc import Mapping

from mastersync.config.connections import JsonConnections
from mastersync.config.settings import load_settings
from mastersync.wiring.client import open_client
from mastersync.wiring.sync import deliver_leftovers, sync_client

# Forked from a process that has imported everything already: a start takes a moment.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["__main__", "mastersync.wiring.sync", "mastersync.wiring.client"])


def work(
    client_id: str,
    settings: Mapping[str, object],
    connections: Mapping[str, str],
    run_id: str,
) -> None:
    """Sync the client as this run, or, without one, deliver what is due."""
    with open_client(
        client_id, JsonConnections(connections), settings=load_settings(**settings)
    ) as client:
        if run_id:
            sync_client(client, run_id)
        else:
            deliver_leftovers(client)
