"""Landing what a system sent, and how far it has been read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mastersync.domain.effects.reconcile import HeldRecord
from mastersync.ports.systems import Page, SourceRow


@dataclass(frozen=True, kw_only=True)
class Landed:
    """What landing a page did. ``superseded_version_ids`` were still unsettled."""

    seen_count: int
    new_count: int
    unchanged_count: int
    superseded_version_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Absence:
    """What a complete scan of a system lacked: ``absent_count`` of ``held_count`` records."""

    absent_count: int
    held_count: int


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

    def absence(self, system: str, *, run_id: str) -> Absence:
        """Return how many of the system's records this run has not read."""
        ...

    def tombstones(self, system: str, *, run_id: str, limit: int) -> list[SourceRow]:
        """Return records that this run has not read, as deletions to be landed."""
        ...

    def held(self) -> list[HeldRecord]:
        """Return the newest version of every record, in no particular order."""
        ...
