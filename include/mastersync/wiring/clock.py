"""The only clocks."""

import time
from datetime import UTC, datetime, timedelta

from mastersync.store.database import Database


def utc_now() -> datetime:
    """Return the time of this machine, aware, in UTC."""
    return datetime.now(UTC)


class StoreClock:
    """The store's time, read once and counted on: for what workers on many machines agree on.

    A machine whose clock is wrong, or is set while it works, ends no lease early and holds none
    too long.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: datetime | None = None
        self._read_at = 0.0

    def __call__(self) -> datetime:
        if self._read is None:
            with self._database.begin() as session:
                self._read = session.value("clients/get_time").astimezone(UTC)
                self._read_at = time.monotonic()
        return self._read + timedelta(seconds=time.monotonic() - self._read_at)
