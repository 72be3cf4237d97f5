"""Digests of JSON values: the same content gives the same digest, whatever its key order."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Final

_ROWS_AT_ONCE: Final = 1_000


def canonical_json(value: object) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, no escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def canonical_pieces(value: object, *, levels: int = 2) -> Iterator[bytes]:
    """Yield the canonical JSON of a large value, of its long lists some rows at a time.

    Args:
        levels: How many mappings within one another are taken apart.
    """
    if levels and isinstance(value, Mapping):
        yield b"{"
        for place, name in enumerate(sorted(value)):
            yield _encoded(f"{',' if place else ''}{canonical_json(name)}:")
            yield from canonical_pieces(value[name], levels=levels - 1)
        yield b"}"
    elif isinstance(value, list) and len(value) > _ROWS_AT_ONCE:
        for start in range(0, len(value), _ROWS_AT_ONCE):
            rows = canonical_json(value[start : start + _ROWS_AT_ONCE])[1:-1]
            yield _encoded(f"{',' if start else '['}{rows}")
        yield b"]"
    else:
        yield _encoded(canonical_json(value))


def digest(value: object) -> bytes:
    """Return the SHA-256 of the value's canonical JSON."""
    return hashlib.sha256(_encoded(canonical_json(value))).digest()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def is_storable(payload: Mapping[str, object]) -> bool:
    """Say whether PostgreSQL can keep the payload as JSON.

    It takes no NUL, no lone surrogate, and no number that is none or without end: such as 1e999,
    which JSON allows.
    """
    try:
        text = json.dumps(payload, ensure_ascii=False, allow_nan=False, default=str)
    except ValueError:
        return False
    return (
        "\x00" not in text
        and "\\u0000" not in text
        and not any("\ud800" <= character <= "\udfff" for character in text)
    )
