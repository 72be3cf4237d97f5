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
        if path in pushed and _same(value_at(payload, path), pushed[path])
    )


def _same(held: object, written: object) -> bool:
    return (
        str("" if held is None else held).strip() == str("" if written is None else written).strip()
    )
