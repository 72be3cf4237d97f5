"""Months of a client's calendar, in which agencies bill."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Month:
    """From ``since`` until before ``until``; ``name`` is as 2026-11."""

    name: str
    since: datetime
    until: datetime


def month_of(moment: datetime, zone: str) -> Month:
    """Return the month of a zone that a moment is in.

    >>> month_of(datetime(2026, 10, 31, 23, 30, tzinfo=UTC), "Europe/Berlin").name
    '2026-11'
    """
    here = moment.astimezone(ZoneInfo(zone))
    first = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    later = (first + timedelta(days=32)).replace(day=1)
    return Month(name=f"{first:%Y-%m}", since=first.astimezone(UTC), until=later.astimezone(UTC))
