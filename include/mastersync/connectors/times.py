"""Times as systems write them."""

from datetime import UTC, datetime

# Seconds since 1970 reach this number in the year 5138; milliseconds had it in 1973.
_MILLISECONDS_FROM = 100_000_000_000


def parse_time(value: object) -> datetime | None:
    """Read ISO 8601 text or seconds or milliseconds since 1970; UTC where no zone is given.

    >>> parse_time("2026-10-03T08:15:00Z")
    datetime.datetime(2026, 10, 3, 8, 15, tzinfo=datetime.timezone.utc)
    >>> parse_time("soon") is None
    True
    """
    try:
        if isinstance(value, str):
            parsed = datetime.fromisoformat(value.strip())
        elif isinstance(value, int | float) and not isinstance(value, bool):
            seconds = value / 1000 if abs(value) >= _MILLISECONDS_FROM else value
            parsed = datetime.fromtimestamp(seconds, UTC)
        else:
            return None
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
