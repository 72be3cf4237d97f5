"""Pauses of many clocks: merged, and taken out of their time."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mastersync.domain.sla.columns import PauseColumns, Rows, Seconds
from mastersync.domain.sla.working_time import WorkingTime

Ticks = NDArray[np.int64]
_INSTANT_BITS: Final = 36  # of an instant in seconds, until the year 4147


@dataclass(frozen=True, kw_only=True, eq=False)
class Stretches:
    """Stretches without overlap, by row and in the order of time."""

    row: Rows
    since: Seconds
    until: Seconds

    def taken_from(self, elapsed: Ticks, time: WorkingTime) -> Ticks:
        """Return the ticks of each row without those of its stretches."""
        net = elapsed.copy()
        np.subtract.at(net, self.row, time.tick_column(self.until) - time.tick_column(self.since))
        return net

    def added_to(self, due: Ticks, time: WorkingTime) -> Ticks:
        """Return the ticks at which each row is due, later by the stretches that began before."""
        later = due.copy()
        since, until = time.tick_column(self.since), time.tick_column(self.until)
        firsts = np.flatnonzero(np.diff(self.row, prepend=-1))
        number = np.arange(len(self.row)) - np.repeat(firsts, np.diff(firsts, append=len(self.row)))
        for nth in range(int(number.max(initial=-1)) + 1):
            here = number == nth
            rows, began = self.row[here], since[here]
            later[rows] += np.where(began < later[rows], until[here] - began, 0)
        return later


def pauses_between(pauses: PauseColumns, rows: Rows, begin: Seconds, end: Seconds) -> Stretches:
    """Return the pauses of some cases, between a begin and an end for each.

    Args:
        rows: Rows of cases, each once, in rising order; the result counts in places of these.
    """
    if not len(rows):
        return _NOTHING
    place = np.minimum(np.searchsorted(rows, pauses.case), len(rows) - 1)
    mine = rows[place] == pauses.case
    place = place[mine]
    since = np.maximum(pauses.since[mine], begin[place])
    until = np.minimum(pauses.until[mine], end[place])
    some = since < until
    return _merged(place[some], since[some], until[some])


_EMPTY = np.zeros(0, dtype=np.int64)
_NOTHING: Final = Stretches(row=_EMPTY, since=_EMPTY, until=_EMPTY)


def _merged(row: Rows, since: Seconds, until: Seconds) -> Stretches:
    if not len(row):
        return _NOTHING
    order = np.lexsort((since, row))
    row, since, until = row[order], since[order], until[order]
    # One line of time for all rows, one after the other, so that one running maximum serves all.
    reached = np.maximum.accumulate((row << _INSTANT_BITS) + until)
    begins = (row << _INSTANT_BITS) + since
    firsts = np.flatnonzero(np.append(True, begins[1:] > reached[:-1]))
    lasts = np.append(firsts[1:], len(row)) - 1
    return Stretches(
        row=row[firsts],
        since=since[firsts],
        until=reached[lasts] - (row[lasts] << _INSTANT_BITS),
    )
