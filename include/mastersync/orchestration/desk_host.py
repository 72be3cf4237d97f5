"""What the exception desk needs of Airflow's API server, in which it lives."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.core_api.security import GetUserDep
from airflow.sdk import timezone
from airflow.utils.session import create_session

from mastersync.domain.tickets.failures import CLIENT_DAG_PREFIX, client_of
from mastersync.domain.tickets.model import PLATFORM
from mastersync.orchestration.airflow_metadata_states import MetadataTaskStates
from mastersync.orchestration.failure_sweep import sweep
from mastersync.orchestration.ticket_store import open_ticket_store
from mastersync.ports.tickets import TicketDesk

PATIENCE_SECONDS = 5
# The page only makes the list fresh; what is older, the sweep's DAG has found.
WINDOW = timedelta(hours=1)
REST_SECONDS = 5.0

_PLATFORM_DAG = "failure_sweep"


def readable_clients(user: GetUserDep) -> Sequence[str]:
    """Return the clients whose DAG the signed-in user may read; 401 when nobody is signed in.

    Whoever may read the sweep's own DAG sees the platform's tickets too.
    """
    dag_ids = get_auth_manager().get_authorized_dag_ids(user=user, method="GET")
    clients = {client_of(dag_id) for dag_id in dag_ids if dag_id.startswith(CLIENT_DAG_PREFIX)}
    if _PLATFORM_DAG not in dag_ids:
        return sorted(clients - {PLATFORM})
    return sorted(clients | {PLATFORM})


def login_url(next_url: str) -> str:
    """Where somebody signs in, to come back to this page."""
    return str(get_auth_manager().get_url_login(next_url=next_url))


@contextmanager
def open_tickets(client_ids: Sequence[str]) -> Iterator[TicketDesk]:
    """Open a transaction on the tickets of these clients."""
    with open_ticket_store(patience=PATIENCE_SECONDS) as store, store.desk(client_ids) as desk:
        yield desk


class Refresher:
    """Sweeps before a list is shown, but not for every click, and one at a time."""

    def __init__(self) -> None:
        self._busy = threading.Lock()
        self._rests_until = 0.0

    def __call__(self) -> None:
        if not self._busy.acquire(blocking=False):
            return
        try:
            if time.monotonic() >= self._rests_until:
                self._rests_until = time.monotonic() + REST_SECONDS
                self._sweep()
        finally:
            self._busy.release()

    def _sweep(self) -> None:
        with create_session() as session, open_ticket_store(patience=PATIENCE_SECONDS) as store:
            sweep(MetadataTaskStates(session), store, since=timezone.utcnow() - WINDOW)
