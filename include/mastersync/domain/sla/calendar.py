"""When work is done: days, hours and holidays of one place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.sla.working_time import WorkingDay, WorkingTime, seconds, working_time

MIDNIGHT = 1_440  # minutes


@dataclass(frozen=True, kw_only=True)
class Span:
    """Hours in a row on the clocks of a place, in minutes since midnight.

    ``closes`` may be later than 24:00 (1440), for hours that reach into the next day.
    """

    opens: int
    closes: int


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """When work is done at a place.

    ``week`` is 0 for Monday. ``closed`` has the name of each day off. ``other_hours`` are single
    days with hours of their own, be they closed or not. ``cut_offs`` are by weekday, in minutes
    since the midnight that the day began with: what starts later counts from the next day's
    opening. Hours belong to the day that they begin on. What began before ``first_year`` counts
    from there; what reaches beyond ``last_year`` cannot be told.
    """

    name: str
    zone: str
    week: Mapping[int, tuple[Span, ...]]
    closed: Mapping[date, str] = field(default_factory=dict)
    other_hours: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    cut_offs: Mapping[int, int] = field(default_factory=dict)
    first_year: int
    last_year: int

    @cached_property
    def hours(self) -> WorkingTime:
        """Its working time, counted in seconds."""
        return working_time(self.name, self._days, ends=self._ends)

    @cached_property
    def days(self) -> WorkingTime:
        """Its working time, counted in days, however long each is."""
        return working_time(self.name, self._days, ends=self._ends, in_days=True)

    def counts_from(self, at: int) -> int:
        """Return the instant that something which starts at ``at`` counts from."""
        return int(self.counts_from_column(np.array([at], dtype=np.int64))[0])

    def counts_from_column(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return ``counts_from`` of each: the next day's opening after a cut-off, else itself."""
        cut_offs, closes, next_opens = self._cut_offs
        if not cut_offs.size:
            return at
        day = np.searchsorted(cut_offs, at, side="left") - 1
        known = np.maximum(day, 0)
        too_late = (day >= 0) & (at < closes[known])
        return np.where(too_late, next_opens[known], at)

    def hours_on(self, day: date) -> tuple[Span, ...]:
        """Return the hours that begin on a day."""
        if day in self.other_hours:
            return self.other_hours[day]
        return () if day in self.closed else self.week.get(day.weekday(), ())

    @cached_property
    def _begins(self) -> int:
        return self._instant(date(self.first_year, 1, 1), 0)

    @cached_property
    def _ends(self) -> int:
        return self._instant(date(self.last_year, 12, 31), MIDNIGHT)

    @cached_property
    def _days(self) -> list[WorkingDay]:
        return list(self._working_days())

    @cached_property
    def _cut_offs(self) -> tuple[NDArray[np.int64], ...]:
        """Of each day but the last: its cut-off, its last closing, and the next day's opening."""
        rows = [
            (day.cut_off, day.spans[-1][1], after.spans[0][0])
            for day, after in zip(self._days, self._days[1:], strict=False)
            if day.cut_off is not None
        ]
        columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        return tuple(np.ascontiguousarray(columns))

    def _working_days(self) -> Iterator[WorkingDay]:
        day, last = date(self.first_year, 1, 1), date(self.last_year, 12, 31)
        closed_at = self._begins
        while day <= last:
            spans = []
            for span in self.hours_on(day):
                opens = max(self._instant(day, span.opens), closed_at)
                closes = min(self._instant(day, span.closes), self._ends)
                if opens < closes:  # an hour that the clocks leave out is no hour of work
                    spans.append((opens, closes))
                    closed_at = closes
            if spans:
                cut_off = self.cut_offs.get(day.weekday())
                last_in_time = None if cut_off is None else self._instant(day, cut_off)
                yield WorkingDay(spans=tuple(spans), cut_off=last_in_time)
            day += timedelta(days=1)

    def _instant(self, day: date, minutes: int) -> int:
        """Return when the clocks of the place first show a time, or go past it.

        A time that comes twice (clocks put back) is the first one; one that never comes (clocks put
        forward) is the moment at which they jump over it.
        """
        shown = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
        at = seconds(shown.replace(tzinfo=self._tz))
        if self._shown(at) == shown:
            return at
        earlier = seconds(shown.replace(tzinfo=self._tz, fold=1))
        while at - earlier > 1:
            middle = (at + earlier) // 2
            earlier, at = (middle, at) if self._shown(middle) < shown else (earlier, middle)
        return at

    def _shown(self, at: int) -> datetime:
        """Return what the clocks of the place show at an instant."""
        return datetime.fromtimestamp(at, tz=UTC).astimezone(self._tz).replace(tzinfo=None)

    @cached_property
    def _tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)
