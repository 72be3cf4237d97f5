"""Reading what changed in a system that speaks JSON over HTTP."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from mastersync.connectors.http import HttpApi
from mastersync.connectors.systems.rest_options import RestReading
from mastersync.connectors.systems.rest_pages import ListPage, Place, fetch_page
from mastersync.connectors.systems.rest_rows import read_row
from mastersync.connectors.times import parse_time
from mastersync.errors import ConfigError, PermanentError, RetryableError
from mastersync.ports.systems import Page, RefusedRow, SourceRow

_ASKED_AGAIN = 2
# A record dated later than this by the system's own clock does not move the watermark: a
# mistyped year would hide every change until then.
_CLOCK_DIFFERENCE = timedelta(days=1)
_EARLIEST = datetime.min.replace(tzinfo=UTC)


class RestReader:
    """Implements ``ports.SystemReader``; one page is in memory at a time."""

    def __init__(self, api: HttpApi, reading: RestReading) -> None:
        self._api = api
        self._reading = reading

    def read_changes(self, since: str) -> Iterator[Page]:
        """Yield pages of everything changed at or after ``since``; see the port."""
        return _Reading(self._api, self._reading, _start(since)).pages()


@dataclass(frozen=True, kw_only=True)
class _Item:
    """One item of a page; ``mark`` is the same for the same content."""

    mark: int
    read: SourceRow | RefusedRow

    @property
    def modified_at(self) -> datetime | None:
        return self.read.modified_at if isinstance(self.read, SourceRow) else None


@dataclass
class _Reading:
    """One pass over the list, from a watermark to the end."""

    api: HttpApi
    reading: RestReading
    start: datetime | None
    reached: datetime = _EARLIEST
    count: int = 0
    first_total: int | None = None
    last_total: int | None = None
    before: Sequence[int] = ()
    visited: set[Place] = field(default_factory=set)

    def pages(self) -> Iterator[Page]:
        watermark = "" if self.start is None else self.start.isoformat()
        place: Place | None = Place(since=self._since())
        while place is not None:
            if place in self.visited:
                raise _goes_round(self.reading.list_path)
            self.visited.add(place)
            page, items = self._fetch_new(place)
            self._check(page, items)
            fresh = [item.read for item in items if item.mark not in self.before]
            self._advance(page, items)
            self.count += len(fresh)
            self.before = [item.mark for item in items]
            place = self._next(page, items, place)
            if place is None or self.reading.sorted_by_modified:
                watermark = self._watermark()
            yield Page(
                rows=list({row.key: row for row in fresh if isinstance(row, SourceRow)}.values()),
                refused=[row for row in fresh if isinstance(row, RefusedRow)],
                watermark=watermark,
                complete=place is None and self.start is None and self.count == self.first_total,
            )

    def _since(self) -> str:
        reading = self.reading
        if not reading.since_parameter:
            return ""
        if self.start is not None:
            return self._formatted(max(self.start - reading.overlap, reading.earliest))
        return self._formatted(reading.earliest) if reading.sorted_by_modified else ""

    def _formatted(self, moment: datetime) -> str:
        return moment.astimezone(UTC).strftime(self.reading.since_format)

    def _fetch_new(self, place: Place) -> tuple[ListPage, list[_Item]]:
        """Fetch a page, asking again when the one before comes back in its place."""
        for _ in range(1 + _ASKED_AGAIN):
            page = fetch_page(self.api, self.reading, place)
            items = self._items(page)
            if not items or [item.mark for item in items] != self.before:
                return page, items
        raise _goes_round(self.reading.list_path)

    def _items(self, page: ListPage) -> list[_Item]:
        where = f"{self.reading.list_path}, page {len(self.visited)}"
        return [
            _Item(
                mark=hash(json.dumps(item, sort_keys=True)),
                read=read_row(item, self.reading, place=f"{where}, item {number}"),
            )
            for number, item in enumerate(page.items, start=1)
        ]

    def _check(self, page: ListPage, items: Sequence[_Item]) -> None:
        if self.first_total is None:
            self.first_total = page.total
        if self.reading.sorted_by_modified:
            times = [item.modified_at for item in items if item.modified_at is not None]
            if times != sorted(times):
                raise _out_of_order(self.reading.list_path)
        elif self.last_total is not None and page.total != self.last_total:
            raise _shifted(self.reading.list_path)
        self.last_total = page.total

    def _advance(self, page: ListPage, items: Sequence[_Item]) -> None:
        latest = page.answer.sent_at
        limit = None if latest is None else latest + _CLOCK_DIFFERENCE
        for item in items:
            moment = item.modified_at
            if moment is not None and (limit is None or moment <= limit):
                self.reached = max(self.reached, moment)

    def _watermark(self) -> str:
        reached = max(self.reached, self.start or _EARLIEST)
        if not self.reading.since_parameter or reached == _EARLIEST:
            return ""
        return reached.isoformat()

    def _next(self, page: ListPage, items: Sequence[_Item], place: Place) -> Place | None:
        """Where to read on: by time where positions cannot be trusted, else as the style says.

        Counted positions shift when a record moves while the list is read, and a page that is
        shorter than asked for may have lost its rest. Time does neither.
        """
        following = page.next
        if following is None or not self.reading.sorted_by_modified:
            return following
        is_full = len(page.items) >= self.reading.paging.size
        if is_full and not self.reading.paging.style.is_counted:
            return following
        oldest = next((item.modified_at for item in items if item.modified_at), None)
        if oldest is None or self.reached == _EARLIEST:
            return following
        reached = self._formatted(self.reached)
        return following if self._formatted(oldest) == reached else Place(since=reached)


def _start(watermark: str) -> datetime | None:
    start = parse_time(watermark)
    if watermark and start is None:
        raise ConfigError(
            "The stored watermark of this system is no time, so nothing was read.",
            next_step="Reset the watermark to read the system from its beginning.",
        )
    return start


def _out_of_order(list_path: str) -> PermanentError:
    return PermanentError(
        f"{list_path} is declared as sorted by modification time and is not. The page was not "
        "taken, since changes could be missed.",
        next_step="Ask for that order in the list's parameters, or set sorted_by_modified to "
        "false.",
    )


def _shifted(list_path: str) -> RetryableError:
    return RetryableError(
        f"{list_path} changed its length while it was read, so rows may have slipped between two "
        "pages. What was read stays good.",
        next_step="It is read again. If this happens often, let the system sort by modification "
        "time and declare sorted_by_modified.",
    )


def _goes_round(list_path: str) -> RetryableError:
    return RetryableError(
        f"{list_path} sends a page again that it sent before, so its end is not in sight. "
        "What was read stays good.",
        next_step="It is read again; if it stays, ask whoever runs the system.",
    )
