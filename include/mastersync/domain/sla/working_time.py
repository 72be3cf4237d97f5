"""Working time, counted on a line of instants: how much of it passed, and when so much will have.

Both are asked of single instants and of columns of them, and answer the same. Instants are whole
UTC seconds since 1970; amounts are whole **ticks**. A tick is a second of work; or, where days are
counted, a share of 1/1,000,000,000 of a day's hours, so that short days count as much as long ones.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.errors import RuleError

DAY: Final = 1_000_000_000  # ticks; more than a day has seconds, so that no second is lost
_COLUMNS: Final = ("opens", "closes", "before", "worked", "ticks", "seconds")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def seconds(at: datetime) -> int:
    """Return an instant in whole seconds since 1970, rounded down."""
    return (at - _EPOCH) // _SECOND


def instant(at: int) -> datetime:
    """Return the instant of so many seconds since 1970."""
    return _EPOCH + timedelta(seconds=at)


@dataclass(frozen=True, kw_only=True)
class WorkingDay:
    """One day's hours, as instants; they may end on the next. ``cut_off`` is the last in time."""

    spans: tuple[tuple[int, int], ...]
    cut_off: int | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkingTime:
    """Spans of work, one a place in each column, in the order of time and without overlap.

    A span starts at ``before`` ticks plus those of the seconds that its day has ``worked`` already;
    a day's ``seconds`` are worth ``ticks``. Nothing is known after ``ends``; until the first span
    no tick passed.
    """

    name: str
    ends: int
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    before: NDArray[np.int64]
    worked: NDArray[np.int64]
    ticks: NDArray[np.int64]
    seconds: NDArray[np.int64]

    def elapsed(self, since: datetime, until: datetime) -> int:
        """Return the ticks between two instants; none where they are not in this order."""
        return max(0, self.tick(seconds(until)) - self.tick(seconds(since)))

    def after(self, since: datetime, ticks: int) -> datetime:
        """Return the first instant at which so many ticks have passed."""
        if ticks <= 0:
            return since
        return instant(self.moment(self.tick(seconds(since)) + ticks))

    def tick(self, at: int) -> int:
        """Return how many ticks passed until an instant."""
        if at > self.ends:
            raise self._unknown()
        opens, closes, before, worked, ticks, per = self._lists
        span = bisect_right(opens, at) - 1
        if span < 0:
            return 0
        inside = worked[span] + min(at, closes[span]) - opens[span]
        return before[span] + inside * ticks[span] // per[span]

    def moment(self, tick: int) -> int:
        """Return the first instant at which so many ticks, more than none, have passed."""
        opens, _, before, worked, ticks, per = self._lists
        span = bisect_left(self._done_list, tick)
        if span == len(opens):
            raise self._unknown()
        inside = -((before[span] - tick) * per[span] // ticks[span])  # rounded up
        return opens[span] + inside - worked[span]

    def tick_column(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return ``tick`` of each."""
        if at.size and at.max() > self.ends:
            raise self._unknown()
        if not self.opens.size:
            return np.zeros_like(at)
        span = np.searchsorted(self.opens, at, side="right") - 1
        known = np.maximum(span, 0)
        inside = self.worked[known] + np.minimum(at, self.closes[known]) - self.opens[known]
        passed = self.before[known] + inside * self.ticks[known] // self.seconds[known]
        return np.where(span < 0, 0, passed)

    def moment_column(self, tick: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return ``moment`` of each."""
        span = np.searchsorted(self._done, tick, side="left")
        if tick.size and span.max() == self.opens.size:
            raise self._unknown()
        inside = -((self.before[span] - tick) * self.seconds[span] // self.ticks[span])
        return self.opens[span] + inside - self.worked[span]

    @cached_property
    def _done(self) -> NDArray[np.int64]:
        """The ticks at the end of each span."""
        inside = self.worked + self.closes - self.opens
        return self.before + inside * self.ticks // self.seconds

    @cached_property
    def _done_list(self) -> list[int]:
        return list(self._done.tolist())

    @cached_property
    def _lists(self) -> tuple[list[int], ...]:
        """The columns as plain numbers, which single instants are read from much faster."""
        columns = (self.opens, self.closes, self.before, self.worked, self.ticks, self.seconds)
        return tuple(column.tolist() for column in columns)

    def _unknown(self) -> RuleError:
        return RuleError(
            f"A clock reaches beyond the end of calendar '{self.name}', which is known until"
            f" {instant(self.ends):%d %b %Y}; no clock was read.",
            next_step="Give that calendar more 'years' in client.yaml.",
            calendar=self.name,
        )


def working_time(
    name: str, days: list[WorkingDay], *, ends: int, in_days: bool = False
) -> WorkingTime:
    """Return the working time of days in the order of time, counted in seconds or in days."""
    rows: list[tuple[int, ...]] = []
    before = 0
    for day in days:
        length = sum(closes - opens for opens, closes in day.spans)
        ticks, per = (DAY, length) if in_days else (1, 1)
        worked = 0
        for opens, closes in day.spans:
            rows.append((opens, closes, before, worked, ticks, per))
            worked += closes - opens
        before += length * ticks // per
    columns = np.array(rows, dtype=np.int64).reshape(-1, len(_COLUMNS)).T
    by_name = dict(zip(_COLUMNS, np.ascontiguousarray(columns), strict=True))
    return WorkingTime(name=name, ends=ends, **by_name)


# The clock on the wall: one span without an end.
_FOREVER = 253_370_764_800  # the year 9999
WALL: Final = working_time("wall", [WorkingDay(spans=((0, _FOREVER),))], ends=_FOREVER)
