"""Digests of JSON values: the same content gives the same digest, whatever its key order."""

import hashlib
import json
from collections.abc import Mapping


def canonical_json(value: object) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, no escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def digest(value: object) -> bytes:
    """Return the SHA-256 of the value's canonical JSON."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).digest()


def is_storable(payload: Mapping[str, object]) -> bool:
    """Say whether PostgreSQL can keep the payload: no NUL and no lone surrogate in any text."""
    text = canonical_json(payload)
    return (
        "\x00" not in text
        and "\\u0000" not in text
        and not any("\ud800" <= character <= "\udfff" for character in text)
    )
