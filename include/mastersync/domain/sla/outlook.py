"""What will come of a clock that runs, and who has to hear of it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mastersync.domain.sla.model import ClockReading, Rung, SlaPolicy


@dataclass(frozen=True, kw_only=True)
class Station:
    """Where a case still has to pass, and how fast that went lately.

    ``usual`` and ``slow`` are how long half and nine of ten took, in the calendar's working time
    (wall time where the clause has no calendar); ``ahead`` is the queue before the case, and
    ``per_hour`` how many an hour leave it (0: unknown, and the queue is not looked at).
    """

    name: str
    usual: timedelta
    slow: timedelta
    seen: int = 0  # how many that was learned from
    ahead: int = 0
    per_hour: float = 0.0


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
    """Return what is to be expected of a clock that runs; None for one that is decided or waits."""
    raise NotImplementedError


def rung(reading: ClockReading, ladder: Sequence[Rung]) -> Rung | None:
    """Return the highest rung that a clock has reached; None below the first, or when it is over.

    A paused clock climbs no further. A late one stays on its rung until it is done.
    """
    raise NotImplementedError
