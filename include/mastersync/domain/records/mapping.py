"""Between a system's own paths and the canonical fields."""

import re
from collections.abc import Mapping, Sequence

# int() alone would also take " 1", "1_0", "-1" and the digits of other scripts.
_INDEX = re.compile(r"^[0-9]{1,6}\Z")


def value_at(payload: object, path: str) -> object | None:
    """Return what is at a dotted path (``contacts.0.email``), or None when there is nothing.

    A key that itself holds dots (``Tel. No.``) is found before the path is split.

    >>> value_at({"contacts": [{"email": "a@b.example"}]}, "contacts.0.email")
    'a@b.example'
    """
    if isinstance(payload, Mapping) and path in payload:
        found: object = payload[path]
        return found
    head, dot, rest = path.partition(".")
    if isinstance(payload, Mapping):
        inner = payload.get(head) if dot else None
    elif isinstance(payload, Sequence) and not isinstance(payload, str | bytes):
        inner = payload[int(head)] if _INDEX.match(head) and int(head) < len(payload) else None
    else:
        return None
    return value_at(inner, rest) if dot else inner


def is_blank_at(payload: object, path: str) -> bool:
    """Say whether there is something at the path, and it is null or an empty text.

    >>> is_blank_at({"phone": ""}, "phone"), is_blank_at({}, "phone")
    (True, False)
    """
    found = value_at(payload, path)
    if found is not None:
        return isinstance(found, str) and not found.strip()
    if isinstance(payload, Mapping) and path in payload:
        return True
    head, dot, rest = path.partition(".")
    if not dot:
        return False
    inner = value_at(payload, head)
    return inner is not None and is_blank_at(inner, rest)


def map_payload(
    payload: Mapping[str, object],
    mapping: Mapping[str, str],
    *,
    constants: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """Return canonical field -> value as the system sent it; ``mapping`` is field -> path.

    A path that leads nowhere, or to null, gives no value. ``constants`` hold for every record of
    the system, where it has no value of its own.
    """
    found: dict[str, object] = dict(constants or {})
    for field, path in mapping.items():
        value = value_at(payload, path)
        if value is not None:
            found[field] = value
    return found
