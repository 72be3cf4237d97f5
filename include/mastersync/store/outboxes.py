"""The outboxes of all clients, as the desk sees them: who has something due."""

from collections.abc import Sequence
from datetime import datetime

from mastersync.store.database import Database


def due_clients(database: Database, clients: Sequence[str], *, now: datetime) -> list[str]:
    """Return those of the clients that have something to deliver, to take over or to settle."""
    if not clients:
        return []
    with database.begin(clients=clients) as session:
        return session.values("effects/list_due_clients", clients=list(clients), now=now)
