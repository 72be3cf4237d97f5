"""What a process of a world does; imports little, since many are started to be killed."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from multiprocessing.sharedctypes import Synchronized

from mastersync.config.connections import JsonConnections
from mastersync.config.settings import load_settings
from mastersync.errors import MastersyncError
from mastersync.wiring.client import open_client
from mastersync.wiring.clock import utc_now
from mastersync.wiring.sync import deliver_leftovers, sync_client

TRIED_AGAIN_LATER = 75


def work(
    client_id: str,
    settings: Mapping[str, object],
    connections: Mapping[str, str],
    *,
    run_id: str,
    hours_passed: Synchronized,
) -> None:
    """Sync the client as this run, or, without one, deliver what is due.

    Its clock goes forward by ``hours_passed``, which the test may change meanwhile. Trouble that
    we have a word for ends it with 75, as a command; any other is a traceback and 1.
    """
    with open_client(
        client_id, JsonConnections(connections), settings=load_settings(**settings)
    ) as opened:
        client = replace(opened, clock=lambda: utc_now() + timedelta(hours=hours_passed.value))
        try:
            if run_id:
                sync_client(client, run_id)
            else:
                deliver_leftovers(client)
        except MastersyncError:
            sys.exit(TRIED_AGAIN_LATER)
