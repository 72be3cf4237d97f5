"""Golden values as people who work on them see them."""

from mastersync.domain.records.fields import FIELDS

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
    kept = min(_KEPT_AT_ENDS, len(value) // 4)
    hidden = len(value) - 2 * kept
    return value[:kept] + DOT * hidden + value[len(value) - kept :]


def shown_written(field: str, value: object) -> object:
    """Return what a system holds or gets of a field, in part if that is sensitive; also a number.

    >>> shown_written("tax_id", 123456789), shown_written("credit_limit", 5000)
    ('12•••••89', 5000)
    """
    if value is None:
        return None
    text = str(value)
    shown = shown_value(field, text)
    return value if shown == text else shown
