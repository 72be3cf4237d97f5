"""Golden values as people who work on them see them."""

from collections.abc import Collection, Mapping

from mastersync.domain.records.fields import FIELDS

OpenPaths = Mapping[str, Collection[str]]
"""Target → the paths there whose values may be shown in full."""

DOT = "•"
_KEPT_AT_ENDS = 2


def shown_value(field: str, value: str, *, show_sensitive: bool = False) -> str:
    """Return the value, or of a sensitive field no more than tells it from another one.

    >>> shown_value("tax_id", "GB123456789")
    'GB•••••••89'
    >>> shown_value("city", "Leeds")
    'Leeds'
    """
    if show_sensitive or field not in FIELDS or not FIELDS[field].sensitive:
        return value
    return _in_part(value)


def shown_write(
    values: Mapping[str, object], target: str, open_paths: OpenPaths
) -> dict[str, object]:
    """Return what a target holds or gets, by its paths: in full where they are open.

    >>> shown_write({"vat": 123456789, "limit": 5000}, "erp", {"erp": {"limit"}})
    {'vat': '12•••••89', 'limit': 5000}
    """
    in_full = open_paths.get(target, ())
    return {
        path: value if value is None or path in in_full else _in_part(str(value))
        for path, value in values.items()
    }


def _in_part(value: str) -> str:
    kept = min(_KEPT_AT_ENDS, len(value) // 4)
    hidden = len(value) - 2 * kept
    return value[:kept] + DOT * hidden + value[len(value) - kept :]
