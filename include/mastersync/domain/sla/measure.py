"""What a clause counts in, and how much of it there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mastersync.domain.sla.calendar import WorkingCalendar
from mastersync.domain.sla.model import Allowance, Clause, Unit
from mastersync.domain.sla.working_time import DAY, WALL, WorkingTime

_TICKS: Final = {
    Unit.MINUTES: 60,
    Unit.HOURS: 3_600,
    Unit.DAYS: 86_400,
    Unit.WORKING_MINUTES: 60,
    Unit.WORKING_HOURS: 3_600,
    Unit.WORKING_DAYS: DAY,
}


@dataclass(frozen=True, kw_only=True)
class Measure:
    """The time that a clause counts, in ticks and in seconds, and the ticks that it allows."""

    time: WorkingTime
    in_seconds: WorkingTime
    allowed: int
    calendar: WorkingCalendar | None


def measure(clause: Clause, calendars: Mapping[str, WorkingCalendar]) -> Measure:
    """Return how a clause counts."""
    allowed = ticks(clause.within)
    if not clause.calendar:
        return Measure(time=WALL, in_seconds=WALL, allowed=allowed, calendar=None)
    calendar = calendars[clause.calendar]
    in_days = clause.within.unit is Unit.WORKING_DAYS
    return Measure(
        time=calendar.days if in_days else calendar.hours,
        in_seconds=calendar.hours,
        allowed=allowed,
        calendar=calendar,
    )


def ticks(within: Allowance) -> int:
    """Return an allowance in ticks."""
    return int(within.amount * _TICKS[within.unit])
