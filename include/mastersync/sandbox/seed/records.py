"""What seeding is made of: the rows of ``sandbox/data``, seeded records, and a stable choice."""

import csv
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from mastersync.sandbox.clock import parse_iso
from mastersync.sandbox.rest.documents import Document

T = TypeVar("T")
Row = dict[str, str]

_DATA = Path(__file__).parent.parent / "data"
_BULK_LOAD = parse_iso("2026-09-01T06:00:00Z")
_SIXTY_DAYS = 60 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Seeded:
    """One customer of a REST system or a row of a file, and the customer it truly is."""

    system: str
    id: str
    cluster: str
    body: Document
    updated_us: int


def rows(name: str) -> list[Row]:
    """Returns: the rows of ``data/<name>.csv``."""
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(*key: str) -> int:
    """Returns: a number that looks random and is always the same for this key."""
    return int.from_bytes(hashlib.sha256("|".join(key).encode()).digest()[:8], "big")


def share(percent: int, *key: str) -> bool:
    """Returns: True for about ``percent`` of all keys."""
    return number(*key) % 100 < percent


def choice(options: Sequence[T], *key: str) -> T:
    return options[number(*key) % len(options)]


def digits(count: int, *key: str) -> str:
    """Returns: that many digits, the first not 0."""
    return str(10 ** (count - 1) + number(*key) % (9 * 10 ** (count - 1)))


def changed_at(*key: str) -> int:
    """A third came in one bulk load and bear one and the same time, as after a migration."""
    if share(33, "bulk", *key):
        return _BULK_LOAD
    return _BULK_LOAD + number("changed", *key) % _SIXTY_DAYS * 1_000_000


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40]


def or_none(text: str) -> str | None:
    return text.strip() or None
