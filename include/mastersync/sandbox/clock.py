"""The outside world's own clock: times are microseconds since 1970 inside, ISO 8601 UTC outside."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now_us() -> int:
    return time.time_ns() // 1000


def to_datetime(us: int) -> datetime:
    return EPOCH + timedelta(microseconds=us)


def to_us(when: datetime) -> int:
    """Read a naive time as UTC, as the systems we imitate do."""
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return (aware - EPOCH) // timedelta(microseconds=1)


def iso(us: int) -> str:
    return to_datetime(us).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_iso(text: str) -> int:
    """Raises: ValueError: the text is no ISO 8601 time."""
    return to_us(datetime.fromisoformat(text.strip().replace(" ", "+")))


def http_date(us: int) -> str:
    return format_datetime(to_datetime(us).replace(microsecond=0), usegmt=True)


def parse_http_date(text: str) -> int:
    """Raises: ValueError: the text is no HTTP date."""
    return to_us(parsedate_to_datetime(text))
