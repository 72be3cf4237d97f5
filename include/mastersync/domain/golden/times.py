"""When a source said each of its values: our own writes coming back do not count as saying."""

from collections.abc import Mapping
from datetime import datetime


def said_times(
    fields: Mapping[str, str],
    *,
    unchanged: frozenset[str],
    times: Mapping[str, datetime],
    ours: frozenset[str],
    changed_at: datetime,
) -> dict[str, datetime]:
    """Return, for each field of a version, when others than we last changed it.

    Args:
        unchanged: Fields that the system sent as it had sent them before.
        times: When the fields of the version in force before were said.
        ours: Fields whose value is what we wrote there.
        changed_at: When the system says that this version came about.
    """
    oldest = min(times.values(), default=changed_at)
    said: dict[str, datetime] = {}
    for name in fields:
        is_news = name not in unchanged and name not in ours
        said[name] = changed_at if is_news else times.get(name, oldest)
    return said
