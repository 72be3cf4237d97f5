"""What will come of a clock that runs, and who has to hear of it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

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


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """When a running clock will likely stop: ``expected_at``, or ``slow_at`` if things go slowly.

    ``late`` when the first is past its due time, ``at_risk`` when the second is. ``words`` say why.
    """

    expected_at: datetime
    slow_at: datetime
    late: bool
    at_risk: bool
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
    verdict = "Will likely be late" if late else "May be late" if at_risk else "Will likely be met"
    expected, slowly, due = (
        moment(at, policy.zone) for at in (expected_at, slow_at, reading.due_at)
    )
    return Forecast(
        expected_at=expected_at,
        slow_at=slow_at,
        late=late,
        at_risk=at_risk,
        words=f"{verdict}: done by {expected}, or {slowly} if things go slowly; due {due}."
        f" {_reasons(stations)}",
    )


def rung(reading: ClockReading, ladder: Sequence[Rung]) -> Rung | None:
    """Return the highest rung that a clock has reached; None below the first, or when it is over.

    A paused clock climbs no further. A late one stays on its rung until it is done.
    """
    if reading.state not in _OPEN or reading.stopped_at is not None:
        return None
    climbed = [step for step in ladder if float(step.at) <= reading.used]
    return max(climbed, key=lambda step: step.at, default=None)


def _after(time: WorkingTime, now: datetime, needed: timedelta) -> datetime:
    return time.after(now, round(needed.total_seconds()))


def _reasons(stations: Sequence[Station]) -> str:
    if not stations:
        return "Nothing is left to do."
    return " ".join(_reason(station) for station in stations)


def _reason(station: Station) -> str:
    words = f"{station.name.capitalize()} usually takes {duration(station.usual)}"
    words += f" ({station.seen} seen lately)" if station.seen else ""
    if station.queue:
        words += f"; {station.ahead} are ahead, which takes {duration(station.queue)}"
    return f"{words}."
