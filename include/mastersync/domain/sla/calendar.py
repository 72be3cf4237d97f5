"""When work is done: days, hours and holidays of one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time


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
    days with hours of their own. What starts after ``cut_off`` counts from the next opening.
    Known from the first day of ``first_year`` to the last of ``last_year``.
    """

    name: str
    zone: str
    week: Mapping[int, tuple[Span, ...]]
    closed: Mapping[date, str] = field(default_factory=dict)
    other_hours: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    cut_off: time | None = None
    first_year: int
    last_year: int
