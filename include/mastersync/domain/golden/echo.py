"""Recognising our own writes when they come back."""

from collections.abc import Mapping

from mastersync.domain.records.mapping import value_at


def echoed_fields(
    payload: Mapping[str, object], pushed: Mapping[str, object], *, mapping: Mapping[str, str]
) -> frozenset[str]:
    """Return the fields whose value in the payload is the one that we last wrote there.

    Args:
        pushed: Path in the system to the value we wrote last.
        mapping: Canonical field to its path in the system.
    """
    return frozenset(
        name
        for name, path in mapping.items()
        if path in pushed and is_as_written(value_at(payload, path), pushed[path])
    )


_CUT_FROM = 20  # characters; a shorter beginning is no proof of having been cut


def is_as_written(held: object, written: object) -> bool:
    """Say whether ``held`` is what we wrote, as systems keep it: in capitals, or cut off."""
    here, there = _plain(held), _plain(written)
    return here == there or (len(here) >= _CUT_FROM and there.startswith(here))


def reads_the_same(one: str, other: str) -> bool:
    """Say whether two values differ only as systems differ: capitals, punctuation, a cut-off end.

    >>> reads_the_same("12 HIGH ST.", "12 High St")
    True
    """
    here, there = (_letters(value) for value in (one, other))
    short, long = sorted((here, there), key=len)
    return short == long or (len(short) >= _CUT_FROM and long.startswith(short))


def _letters(value: str) -> str:
    kept = "".join(one if one.isalnum() else " " for one in value.casefold())
    return " ".join(kept.split())


def _plain(value: object) -> str:
    return " ".join(str("" if value is None else value).split()).casefold()
