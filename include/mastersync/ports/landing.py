"""Landing what a system sent, and how far it has been read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mastersync.ports.systems import Page


@dataclass(frozen=True, kw_only=True)
class Landed:
    """What landing a page did. ``superseded_version_ids`` were still unsettled."""

    seen_count: int
    new_count: int
    unchanged_count: int
    superseded_version_ids: tuple[int, ...]


class Landing(Protocol):
    """The raw landing of one client, within one transaction."""

    def watermark(self, system: str) -> str:
        """Return where to read on; "" when the system was never read."""
        ...

    def land(self, system: str, page: Page, *, run_id: str, now: datetime) -> Landed:
        """Land the page: each row that is new or changed becomes a version, pending.

        The watermark moves in the same transaction. Landing a page again lands nothing.
        """
        ...
