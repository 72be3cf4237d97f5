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
_STARTED_OVER = 5
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
        reading = self._reading
        return _Reading(self._api, reading, _start(since), reading.paging.size).pages()


@dataclass(frozen=True, kw_only=True)
class _Item:
    """One item of a page; ``mark`` is the same for the same content."""

    mark: int
    read: SourceRow | RefusedRow

    @property
    def modified_at(self) -> datetime | None:
        return self.read.modified_at if isinstance(self.read, SourceRow) else None

    @property
    def identity(self) -> object:
        return self.read.key if isinstance(self.read, SourceRow) else self.mark


@dataclass(frozen=True, kw_only=True)
class _Taken:
    """A page with its items, and where it was."""

    place: Place
    page: ListPage
    items: Sequence[_Item]

    @property
    def marks(self) -> list[int]:
        return [item.mark for item in self.items]

    @property
    def print(self) -> int | None:
        """The same for the same page; None for an empty one."""
        return hash(tuple(self.marks)) if self.items else None

    @property
    def identities(self) -> list[object]:
        return [item.identity for item in self.items]


@dataclass
class _Reading:
    """One pass over the list, from a watermark to the end."""

    api: HttpApi
    reading: RestReading
    start: datetime | None
    full_size: int
    reached: datetime = _EARLIEST
    count: int = 0
    total: int | None = None
    started_over: int = 0
    before: _Taken | None = None
    visited: set[Place] = field(default_factory=set)
    prints: set[int] = field(default_factory=set)

    def pages(self) -> Iterator[Page]:
        watermark = "" if self.start is None else self.start.isoformat()
        place: Place | None = Place(since=self._since())
        while place is not None:
            taken = self._fetch_new(place)
            if self._has_shifted(taken):
                place = self._start_over(place)
                continue
            self._check_order(taken)
            known = set(self.before.marks) if self.before else set()
            fresh = [item.read for item in taken.items if item.mark not in known]
            self._advance(taken)
            self.count += len(fresh)
            self.before = taken
            if taken.print is not None:
                self.prints.add(taken.print)
            place = self._next(taken)
            if place is None or self.reading.sorted_by_modified:
                watermark = self._watermark()
            yield Page(
                rows=list({row.key: row for row in fresh if isinstance(row, SourceRow)}.values()),
                refused=[row for row in fresh if isinstance(row, RefusedRow)],
                watermark=watermark,
                complete=place is None and self._is_complete(),
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

    def _fetch_new(self, place: Place) -> _Taken:
        """Fetch a page, asking again when it is an earlier one, or shorter than pages are."""
        if place in self.visited:
            raise _goes_round(self.reading.list_path)
        self.visited.add(place)
        longest: _Taken | None = None
        for _ in range(1 + _ASKED_AGAIN):
            taken = self._fetch(place)
            if taken.print in self.prints:
                continue
            if longest is None or len(taken.items) > len(longest.items):
                longest = taken
            if taken.page.is_end or len(taken.items) >= self.full_size:
                return taken
        if longest is None:
            raise _goes_round(self.reading.list_path)
        self.full_size = len(longest.items)  # so this is how long its pages are
        return longest

    def _fetch(self, place: Place) -> _Taken:
        page = fetch_page(self.api, self.reading, place)
        where = f"{self.reading.list_path}, page {len(self.visited)}"
        items = [
            _Item(
                mark=hash(json.dumps(item, sort_keys=True)),
                read=read_row(item, self.reading, place=f"{where}, item {number}"),
            )
            for number, item in enumerate(page.items, start=1)
        ]
        return _Taken(place=place, page=page, items=items)

    def _has_shifted(self, taken: _Taken) -> bool:
        """Whether rows may have slipped from this page to the one before, where none looks.

        In a list that is not in order of change only a new length does that. In one that is,
        this is asked within a run of equal times only; the page before tells when it is no
        longer what it was.
        """
        before = self.before
        is_counted = self.reading.paging.style.is_counted
        if not is_counted or not taken.place.position or before is None:
            return False
        if not self.reading.sorted_by_modified and taken.page.total is not None:
            return taken.page.total != before.page.total
        return all(
            self._fetch(before.place).identities != before.identities for _ in range(_ASKED_AGAIN)
        )

    def _start_over(self, place: Place) -> Place:
        """Read the run of pages again; what was read of it is repeated, not lost."""
        self.started_over += 1
        if self.started_over > _STARTED_OVER:
            raise _shifted(self.reading.list_path)
        self.before = None
        self.visited.clear()
        self.prints.clear()
        return Place(since=place.since)

    def _check_order(self, taken: _Taken) -> None:
        if self.total is None:
            self.total = taken.page.total
        times = [item.modified_at for item in taken.items if item.modified_at is not None]
        if self.reading.sorted_by_modified and times != sorted(times):
            raise _out_of_order(self.reading.list_path)

    def _is_complete(self) -> bool:
        is_whole = self.start is None and not self.started_over
        return is_whole and self.count == self.total

    def _advance(self, taken: _Taken) -> None:
        latest = taken.page.answer.sent_at
        limit = None if latest is None else latest + _CLOCK_DIFFERENCE
        for item in taken.items:
            moment = item.modified_at
            if moment is not None and (limit is None or moment <= limit):
                self.reached = max(self.reached, moment)

    def _watermark(self) -> str:
        reached = max(self.reached, self.start or _EARLIEST)
        if not self.reading.since_parameter or reached == _EARLIEST:
            return ""
        return reached.isoformat()

    def _next(self, taken: _Taken) -> Place | None:
        """Where to read on: by time where positions cannot be trusted, else as the style says.

        Counted positions shift when a record moves while the list is read, and a page that is
        shorter than asked for may have lost its rest. Time does neither.
        """
        following, items = taken.page.next, taken.items
        if following is None or not self.reading.sorted_by_modified:
            return following
        is_full = len(items) >= self.reading.paging.size
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
        f"{list_path} changed all the time while it was read, so rows may have slipped between two "
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
