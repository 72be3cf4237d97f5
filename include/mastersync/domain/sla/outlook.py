"""What will come of a clock that runs, and who has to hear of it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from mastersync.domain.sla.columns import NEVER, ClockColumns, Rows
from mastersync.domain.sla.measure import measure
from mastersync.domain.sla.model import ClockReading, ClockState, Rung, SlaPolicy
from mastersync.domain.sla.words import duration, moment
from mastersync.domain.sla.working_time import WorkingTime

_OPEN: Final = (ClockState.RUNNING, ClockState.PAUSED, ClockState.LATE)


@dataclass(frozen=True, kw_only=True)
class Station:
    """Where a case still has to pass, and how fast that went lately.

    ``usual`` and ``slow`` are how long half and nine of ten took, in the calendar's working time
    (wall time where the clause has no calendar), with the waiting. ``ahead`` is the queue before
    the case, and ``per_hour`` how many an hour leave it (0: unknown; the queue is not looked at).
    """

    name: str
    usual: timedelta
    slow: timedelta
    seen: int = 0  # how many that was learned from
    ahead: int = 0
    per_hour: float = 0.0

    @property
    def queue(self) -> timedelta:
        """How long the queue ahead takes to pass."""
        return timedelta(hours=self.ahead / self.per_hour) if self.per_hour else timedelta(0)

    @property
    def is_known(self) -> bool:
        """Whether anything is known of how long it takes."""
        return bool(self.seen or self.slow or self.queue)


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """When a running clock will likely stop: ``expected_at``, or ``slow_at`` if things go slowly.

    ``late`` when the first is past its due time, ``at_risk`` when the second is. ``verdict`` says
    what will come, ``paces`` how long each station usually takes, ``words`` all of it. Where
    nobody knows how long a station takes, the times are the earliest that can be.
    """

    expected_at: datetime
    slow_at: datetime
    late: bool
    at_risk: bool
    verdict: str
    ahead: int  # the longest of the queues before it
    paces: tuple[str, ...]
    words: str


def forecast(
    reading: ClockReading, stations: Sequence[Station], policy: SlaPolicy, *, now: datetime
) -> Forecast | None:
    """Return what is to be expected of a running clock; None of one that is not."""
    if reading.state is not ClockState.RUNNING or reading.due_at is None:
        return None
    time = measure(reading.clause, policy.calendars).in_seconds
    usual = sum((max(station.usual, station.queue) for station in stations), timedelta(0))
    slow = sum((max(station.slow, station.queue) for station in stations), timedelta(0))
    expected_at, slow_at = (_after(time, now, needed) for needed in (usual, slow))
    late, at_risk = expected_at > reading.due_at, slow_at > reading.due_at
    verdict = _verdict(stations, late=late, at_risk=at_risk)
    expected, slowly = (_to_the_minute(at, policy.zone) for at in (expected_at, slow_at))
    if all(station.is_known for station in stations):
        verdict += f": done by {expected}"
        verdict += f", or {slowly} if things go slowly" * (slowly != expected)
    why = " ".join(map(_reason, stations)) or "Nothing is left to do."
    ahead = max((station.ahead for station in stations if station.queue), default=0)
    return Forecast(
        expected_at=expected_at,
        slow_at=slow_at,
        late=late,
        at_risk=at_risk,
        verdict=verdict,
        ahead=ahead,
        paces=tuple(f"{_pace(station)}." for station in stations),
        words=f"{verdict}; due {moment(reading.due_at, policy.zone)}. {why}",
    )


def rung(reading: ClockReading, ladder: Sequence[Rung]) -> Rung | None:
    """Return the highest rung that a clock has reached; None below the first, or when it is over.

    A paused clock climbs no further. A late one stays on its rung until it is done.
    """
    if reading.state not in _OPEN or reading.stopped_at is not None:
        return None
    climbed = [step for step in ladder if float(step.at) <= reading.used]
    return max(climbed, key=lambda step: step.at, default=None)


def rung_column(clocks: ClockColumns, ladder: Sequence[Rung]) -> Rows:
    """Return ``rung`` of each clock, as its place in the ladder; -1 where there is none."""
    steps = sorted(range(len(ladder)), key=lambda place: ladder[place].at)
    shares = np.array([float(ladder[place].at) for place in steps], dtype=np.float64)
    climbed = np.searchsorted(shares, clocks.used, side="right")
    is_open = np.isin(clocks.state, _OPEN) & (clocks.stopped_at == NEVER)
    places = np.array([-1, *steps], dtype=np.int64)
    return np.where(is_open, places[climbed], -1)


def _after(time: WorkingTime, now: datetime, needed: timedelta) -> datetime:
    return time.after(now, round(needed.total_seconds()))


def _verdict(stations: Sequence[Station], *, late: bool, at_risk: bool) -> str:
    if late:
        return "Will likely be late"
    if not all(station.is_known for station in stations):
        return "Cannot be told yet"
    return "May be late" if at_risk else "Will likely be met"


def _to_the_minute(at: datetime, zone: str) -> str:
    """Return a time that is not sure to the second, rounded up."""
    whole = at.replace(second=0, microsecond=0)
    return moment(whole if whole == at else whole + timedelta(minutes=1), zone)


def _pace(station: Station) -> str:
    name = station.name.capitalize()
    if not station.is_known:
        return f"{name}: none was seen lately"
    seen = f" ({station.seen} seen lately)" if station.seen else ""
    return f"{name} usually takes {duration(station.usual)}{seen}"


def _reason(station: Station) -> str:
    if not station.queue:
        return f"{_pace(station)}."
    are = "is" if station.ahead == 1 else "are"
    queue = f"{station.ahead:,} {are} ahead, which takes {duration(station.queue)}"
    return f"{_pace(station)}; {queue}."
