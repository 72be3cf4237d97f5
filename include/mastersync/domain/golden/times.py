"""When a source said each of its values: our own writes coming back do not count as saying."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime


def said_times(
    fields: Mapping[str, str],
    *,
    unchanged: frozenset[str],
    times: Mapping[str, datetime],
    ours: frozenset[str],
    changed_at: datetime,
    blank: frozenset[str] = frozenset(),
) -> dict[str, datetime]:
    """Return, for each field of a version, when others than we last changed it.

    A field that has been blanked has a time, too: when it lost the value that it had.

    Args:
        unchanged: Fields that the system sent as it had sent them before.
        times: When the fields of the version in force before were said.
        ours: Fields whose value, or blank, is what we wrote there.
        changed_at: When the system says that this version came about.
        blank: Fields that the system sent without a value, and had with one at some time.
    """
    oldest = min(times.values(), default=changed_at)
    said: dict[str, datetime] = {}
    for name in (*fields, *sorted(blank - fields.keys())):
        is_news = name not in unchanged and name not in ours
        said[name] = changed_at if is_news else times.get(name, oldest)
    return said


def news_of(
    fields: Iterable[str],
    *,
    said_by_system: Collection[str],
    unchanged: frozenset[str],
    ours: frozenset[str],
    blank: frozenset[str] = frozenset(),
) -> list[str]:
    """Return the fields that others than we changed or blanked in a version, sorted.

    Args:
        said_by_system: Fields that the system has a place for; constants are nobody's word.
    """
    return sorted(({*fields, *blank} & set(said_by_system)) - unchanged - ours)
