"""Who is registered in the store, whether or not there is a folder for it."""

from mastersync.store.database import Session


def every_client(session: Session) -> list[str]:
    """Return the ids of all clients that were ever registered; only the desk may ask."""
    return session.values("clients/list_registered")
