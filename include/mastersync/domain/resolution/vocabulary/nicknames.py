"""Given names that may be said of one person: short forms, spellings, other languages' forms."""

from collections.abc import Mapping

from mastersync.domain.resolution.vocabulary import (
    given_names_continental,
    given_names_english,
    given_names_slavic,
    given_names_world,
)
from mastersync.domain.resolution.vocabulary.tables import entries

# A spelling may stand for several names (chris: christopher, christine); the first of them,
# in this order, is its most frequent one.
_TABLES = (
    given_names_english.TABLE,
    given_names_continental.TABLE,
    given_names_slavic.TABLE,
    given_names_world.TABLE,
)


def _read() -> tuple[dict[str, frozenset[str]], dict[str, int]]:
    """Return each spelling's canonical names, and the number of its first one."""
    canonical: dict[str, set[str]] = {}
    primary: dict[str, int] = {}
    groups = (group for table in _TABLES for group in entries(table).items())
    for number, (name, spellings) in enumerate(groups, start=1):
        for spelling in spellings:
            canonical.setdefault(spelling, set()).add(name)
            primary.setdefault(spelling, number)
    return {name: frozenset(found) for name, found in canonical.items()}, primary


_CANONICAL, _PRIMARY = _read()

NICKNAMES: Mapping[str, frozenset[str]] = _CANONICAL


def nickname_group(name: str) -> int:
    """Return the number that a name shares with the short forms and spellings of it.

    0 for a name that is in no table. Equal numbers are one name; two names with different
    numbers may still be one by ``may_be_one``.
    """
    return _PRIMARY.get(name, 0)


def may_be_one(left: str, right: str) -> bool:
    """Say whether two different given names may be said of one person (chris, christine)."""
    return not NICKNAMES.get(left, frozenset()).isdisjoint(NICKNAMES.get(right, frozenset()))
