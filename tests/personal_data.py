"""Values that must never be found where personal data has no business, and where to look."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mastersync.sandbox.seed import bright_bakery
from mastersync.sandbox.seed.records import Seeded

_TELLING = {
    *("name", "street", "phone", "email", "tax_id"),
    *("line1", "custname", "addr1", "tel"),
    *("company", "telephone", "e-mail"),
}
_SHORTEST = 9  # a shorter one may be a word of a log


def canaries(records: Iterable[Seeded]) -> set[str]:
    """Names, streets, phones, addresses and tax numbers of these records, in lower case."""
    found: set[str] = set()
    for record in records:
        for field, value in _leaves(record.body):
            if field.lower() not in _TELLING or not isinstance(value, str):
                continue
            found.add(value.lower())
            digits = re.sub(r"\D", "", value)
            if field.lower() in {"phone", "tel", "telephone"} and digits:
                found.add(digits)
    return {value for value in found if len(value) >= _SHORTEST}


def bakery_records() -> list[Seeded]:
    """What Bright Bakery's systems hold at the start."""
    return bright_bakery.records()


def held_in(content: bytes, values: Iterable[str]) -> set[str]:
    """Return those of the values that the content holds, whatever the case."""
    text = content.decode(errors="replace").lower()
    return {value for value in values if value.lower() in text}


def files_below(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def _leaves(document: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in document.items():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        else:
            yield name, value
