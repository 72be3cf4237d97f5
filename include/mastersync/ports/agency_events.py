"""What agencies tell of companies that they watch, kept as facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mastersync.domain.credit.events import AgencyEvent, NotedEvent


@dataclass(frozen=True, kw_only=True)
class KeptPage:
    """A page as it came."""

    page_id: int
    body: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Unwatched:
    """A company whose report was bought and that is not watched yet."""

    company_reference: str
    customer_id: str


class AgencyEvents(Protocol):
    """The agencies' events of one client, within one transaction."""

    def keep_page(self, agency: str, body: Mapping[str, object], *, now: datetime) -> int:
        """Keep a page before anybody reads it; returns its id."""
        ...

    def unread(self, agency: str) -> list[KeptPage]:
        """Return the pages that nobody has read, oldest first."""
        ...

    def note_read(
        self, page_id: int, events: Sequence[AgencyEvent], *, problem: str = "", now: datetime
    ) -> int:
        """Keep a page's events; returns how many were not known yet."""
        ...

    def last_pull(self, agency: str) -> datetime | None:
        """Return when a page came last."""
        ...

    def since_report(self, customer_ids: Sequence[str]) -> Mapping[str, Sequence[NotedEvent]]:
        """Return, by customer, what was told since the newest report was ordered.

        What is dated before that report's day is left out: the report knew it.
        """
        ...

    def to_watch(
        self, agency: str, watch_list: str, *, most: int, now: datetime
    ) -> list[Unwatched]:
        """Return companies whose report was bought and that the list does not watch yet.

        In another order at each ``now``, so that those unknown to the agency keep nobody from a
        turn.
        """
        ...

    def note_watched(
        self, company: Unwatched, *, agency: str, watch_list: str, now: datetime
    ) -> None:
        """Note that the list watches the company."""
        ...
