"""Dotted paths into JSON documents, and what of them the store can keep."""

import json
from collections.abc import Mapping


def value_at(document: object, path: str) -> object:
    """The value at a dotted path; "" is the document itself, None where there is nothing.

    >>> value_at({"company": {"name": "Acme"}}, "company.name")
    'Acme'
    >>> value_at({"company": None}, "company.name") is None
    True
    """
    if not path:
        return document
    for name in path.split("."):
        if not isinstance(document, Mapping):
            return None
        document = document.get(name)
    return document


def nested(values: Mapping[str, object]) -> dict[str, object]:
    """Build the document that has these values at these dotted paths.

    >>> nested({"company.name": "Acme", "company.size": 3, "segment": None})
    {'company': {'name': 'Acme', 'size': 3}, 'segment': None}
    """
    document: dict[str, object] = {}
    for path, value in values.items():
        *parents, last = path.split(".")
        place = document
        for parent in parents:
            inner = place.setdefault(parent, {})
            if not isinstance(inner, dict):
                raise TypeError(f"{path} goes through a path that has a value of its own")
            place = inner
        place[last] = value
    return document


def is_storable(payload: Mapping[str, object]) -> bool:
    """Whether PostgreSQL can keep it as JSON: no NUL, no half of a surrogate pair, no 1e999.

    >>> is_storable({"limit": 1e300}), is_storable({"limit": 1e999})
    (True, False)
    """
    try:
        text = json.dumps(payload, ensure_ascii=False, allow_nan=False)
        text.encode()
    except ValueError:
        return False
    return "\\u0000" not in text
