"""Put values back that stand in another column than their own: swapped, or run together."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from mastersync.domain.resolution.vocabulary.legal_forms import LEGAL_FORMS
from mastersync.domain.resolution.vocabulary.scripts import fold
from mastersync.domain.resolution.vocabulary.streets import GLUED_STREET_TYPES, STREET_TYPES
from mastersync.domain.resolution.vocabulary.words import GENERIC_WORDS
from mastersync.domain.resolution.words import Distinct, Flags, read_plain

_DIGIT: Final = re.compile(r"\d")
_FEWEST_USES: Final = 2
_LONGEST_CITY: Final = 3
_POSTCODE: Final = re.compile(
    r"(?P<rest>.*?)[\s,]+(?P<postcode>\d{4,6}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})$",
    re.IGNORECASE,
)
_TYPES: Final = frozenset((*STREET_TYPES, *STREET_TYPES.values()))
# The 42nd Street Diner is no street.
_NOT_OF_STREETS: Final = frozenset((*GENERIC_WORDS, *LEGAL_FORMS))
_GLUED: Final = tuple(glued for glued in GLUED_STREET_TYPES if len(glued) > 2)  # noqa: PLR2004


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns among which values stray."""

    name: Distinct
    street: Distinct
    city: Distinct
    postcode: Distinct


def repair(columns: Columns) -> Columns:
    """Return the columns with what is plainly elsewhere put back; the frame stays as it is."""
    name, street = _unswap(columns.name, columns.street)
    street, city, postcode = _part(street, columns.city, columns.postcode)
    return Columns(name=name, street=street, city=city, postcode=postcode)


def _unswap(name: Distinct, street: Distinct) -> tuple[Distinct, Distinct]:
    """Swap back a street that stands under name while the name stands under street."""
    looks = _flags(name, _looks_like_street)
    plain = _flags(street, lambda value: not _DIGIT.search(value))
    rows = np.flatnonzero(looks & plain & (street.codes >= 0))
    if not len(rows):
        return name, street
    named = [name.values[code] for code in name.codes[rows].tolist()]
    placed = [street.values[code] for code in street.codes[rows].tolist()]
    return _with(name, rows, placed), _with(street, rows, named)


def _flags(column: Distinct, test: Callable[[str], bool]) -> Flags:
    found = np.array([*map(test, column.values), False], dtype=np.bool_)
    flags: Flags = found[column.codes]
    return flags


def _looks_like_street(value: str) -> bool:
    if not _DIGIT.search(value):
        return False
    words = re.sub(r"[^a-z0-9 ]", " ", fold(value)).split()
    last = words[-1] if words else ""
    named_after = last in _NOT_OF_STREETS and last not in _TYPES
    return not named_after and any(word in _TYPES or word.endswith(_GLUED) for word in words)


def _part(
    street: Distinct, city: Distinct, postcode: Distinct
) -> tuple[Distinct, Distinct, Distinct]:
    """Part city and postcode from a street, where their own columns are empty."""
    if not street.values or not city.values:
        return street, city, postcode
    cities = _known_cities(city)
    rows = np.flatnonzero((city.codes < 0) & (street.codes >= 0))
    has_postcode = postcode.codes[rows] >= 0
    streets, found, codes = [], [], []
    for row, known in zip(rows.tolist(), has_postcode.tolist(), strict=True):
        rest, town, code = _tail(street.values[street.codes[row]], cities)
        if town:
            streets.append(rest)
            found.append((row, town))
            if code and not known:
                codes.append((row, code))
    if not found:
        return street, city, postcode
    changed = np.array([row for row, _ in found])
    return (
        _with(street, changed, streets),
        _with(city, changed, [town for _, town in found]),
        _with(postcode, np.array([row for row, _ in codes], dtype=np.int64), [c for _, c in codes]),
    )


def _known_cities(city: Distinct) -> frozenset[str]:
    uses = np.bincount(city.codes[city.codes >= 0], minlength=len(city.values))
    plain = (" ".join(value.split()) for value in read_plain(city.values))
    return frozenset(
        value for value, count in zip(plain, uses.tolist(), strict=True) if count >= _FEWEST_USES
    )


def _tail(street: str, cities: frozenset[str]) -> tuple[str, str, str]:
    """Return the street without the city at its end, the city, and the postcode after it."""
    code = ""
    if ending := _POSTCODE.match(street):
        street, code = ending["rest"], ending["postcode"]
    words = street.replace(",", " ").split()
    for length in range(min(_LONGEST_CITY, len(words)), 0, -1):
        town = re.sub(r"[^a-z0-9 ]", "", " ".join(words[-length:]).lower())
        if town in cities and (length == len(words) or "," in street or code):
            return " ".join(words[:-length]), town, code
    return street, "", ""


def _with(
    column: Distinct, rows: "np.ndarray[tuple[int], np.dtype[np.int64]]", values: Sequence[str]
) -> Distinct:
    """Return a column with other values in some rows."""
    wanted = frozenset(values)
    code_of = {value: code for code, value in enumerate(column.values) if value in wanted}
    new = [*column.values]
    codes = column.codes.copy()
    for row, value in zip(rows.tolist(), values, strict=True):
        if value and value not in code_of:
            code_of[value] = len(new)
            new.append(value)
        codes[row] = code_of[value] if value else -1
    return Distinct(codes=codes, values=new)
