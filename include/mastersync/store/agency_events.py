"""What agencies tell of companies in PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.credit.events import AgencyEvent, NotedEvent
from mastersync.ports.agency_events import KeptPage, Unwatched
from mastersync.store.database import Session


@dataclass(frozen=True, kw_only=True)
class _Told(NotedEvent):
    customer_id: str


class PostgresAgencyEvents:
    """Implements `ports.agency_events.AgencyEvents`."""

    def __init__(self, session: Session, client_id: str) -> None:
        self._session = session
        self._client_id = client_id

    def keep_page(self, agency: str, body: Mapping[str, object], *, now: datetime) -> int:
        """Keep the page; see the port."""
        page_id: int = self._session.value(
            "agency_events/keep_page",
            client_id=self._client_id,
            agency=agency,
            body=body,
            now=now,
        )
        return page_id

    def unread(self, agency: str) -> list[KeptPage]:
        """Return the pages; see the port."""
        return self._session.many(
            "agency_events/list_unread", KeptPage, client_id=self._client_id, agency=agency
        )

    def note_read(
        self, page_id: int, events: Sequence[AgencyEvent], *, problem: str = "", now: datetime
    ) -> int:
        """Keep the events; see the port."""
        known = 0
        if events:
            known = self._session.execute(
                "agency_events/keep_events",
                client_id=self._client_id,
                page_id=page_id,
                rows=[_as_json(event) for event in events],
                now=now,
            )
        self._session.execute(
            "agency_events/note_read",
            client_id=self._client_id,
            page_id=page_id,
            event_count=len(events),
            problem=problem or None,
            now=now,
        )
        return known

    def last_pull(self, agency: str) -> datetime | None:
        """Return when a page came last; see the port."""
        found: datetime | None = self._session.value(
            "agency_events/find_last_pull", client_id=self._client_id, agency=agency
        )
        return found

    def since_report(self, customer_ids: Sequence[str]) -> Mapping[str, Sequence[NotedEvent]]:
        """Return the events; see the port."""
        found: dict[str, list[NotedEvent]] = {}
        told = self._session.many(
            "agency_events/list_since_report",
            _Told,
            client_id=self._client_id,
            customer_ids=list(customer_ids),
        )
        for event in told:
            found.setdefault(event.customer_id, []).append(event)
        return found

    def to_watch(
        self, agency: str, watch_list: str, *, most: int, now: datetime
    ) -> list[Unwatched]:
        """Return the companies; see the port."""
        return self._session.many(
            "agency_events/list_to_watch",
            Unwatched,
            client_id=self._client_id,
            agency=agency,
            list=watch_list,
            most=most,
            now=now,
        )

    def note_watched(
        self, company: Unwatched, *, agency: str, watch_list: str, now: datetime
    ) -> None:
        """Note it; see the port."""
        self._session.execute(
            "agency_events/note_watched",
            client_id=self._client_id,
            agency=agency,
            list=watch_list,
            company_reference=company.company_reference,
            customer_id=company.customer_id,
            now=now,
        )


def _as_json(event: AgencyEvent) -> Mapping[str, object]:
    return {
        "event_id": event.event_id,
        "agency": event.agency,
        "company_reference": event.company_reference,
        "kind": event.kind,
        "old": event.old,
        "new": event.new,
        "happened_at": event.happened_at.isoformat(),
    }
