"""What the values of a column say that the column is."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mastersync.domain.records.codes import COMPANY, PERSON, normal_party_type
from mastersync.domain.records.countries import normal_country
from mastersync.domain.resolution_input import headers

SAMPLE = 2_000
MOSTLY = 0.8
HALF = 0.5

_EMAIL = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+")
_WEBSITE = re.compile(r"(?:https?://|www\.)\S+|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_PHONE = re.compile(
    r"[+(]?[\d()][\d\s()./\-\u2013]{5,22}\d(?:\s*(?:x|ext\.?|#)\s*\d{1,6})?", re.IGNORECASE
)
_PHONE_MARK = re.compile(r"[+()\s./\-\u2013]|^0")
_VAT = re.compile(
    r"(?:AT|BE|BG|CHE?|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)"
    r"[ -]?U?[\dA-Z][\d .\-]{6,13}[\dA-Z]{0,3}"
)
_DATE = re.compile(
    r"(?:(?:18|19|20)\d\d[-/.]?[01]?\d[-/.]?[0-3]?\d"
    r"|[0-3]?\d[-/. ][0-3]?\d[-/. ](?:(?:18|19|20)\d\d|\d\d)"
    r"|[0-3]?\d\.? ?[^\W\d]{3,9}\.?,? (?:18|19|20)\d\d)"
)
_TIME = re.compile(r".*\d[T ]\d{1,2}:\d\d.*|1[0-9]{9}(?:\d{3})?")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_POSTCODE = re.compile(
    r"\d{4,6}(?:-\d{3,4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4} ?[A-Z]{2}"
    r"|[A-Z]{1,2}-\d{4,5}|\d{3} \d{2}|\d{2}-\d{3}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+-]?[\d.,\s]*\d%?")
_IDENTIFIER = re.compile(r"(?=.*\d)[\w.:/\-]{1,40}|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}")
_STREET = re.compile(r"(?=.*\d)(?=.*[^\W\d_]{3}).{6,}")
_STREET_WORD = re.compile(
    r"(?:\b(?:street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|court|ct|place|pl|crescent|cres|circuit"
    r"|close|terrace|boulevard|blvd|way|rue|via|calle|avenida|rua|ulica)\b|str(?:a(?:ss|ß)e|\.)|straat"
    r"|weg\b|gasse\b|platz\b|allee\b|gatan\b|vej\b)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\d@]*[^\W\d_][^\d@]*")
_OF_VALUES = (_EMAIL, _PHONE, _DATE, _NUMBER)
_PARTY_WORDS = {
    **dict.fromkeys(("firma", "unternehmen", "juristisch", "juristische person"), COMPANY),
    **dict.fromkeys(("societe", "société", "entreprise", "empresa", "azienda"), COMPANY),
    **dict.fromkeys(("legal", "organisation", "corporation", "institution"), COMPANY),
    **dict.fromkeys(("privat", "privatperson", "natürliche person", "haushalt"), PERSON),
    **dict.fromkeys(("particulier", "personne", "persona", "natural", "household"), PERSON),
}
_ABBREVIATION = 3
_CODE_LENGTH = 4
_POSTCODE_LENGTH = 12
_SHORTEST_PHONE = 5
_SHORTEST_COUNT = 2
_PHONE_DIGITS = range(7, 16)
_BARELY = 0.1
_MOST = 0.95
_SEVERAL = 0.4
_FEW = 0.15
_COUNTRIES = 250
_SPELLINGS_OF_COUNTRIES = 400
_LONG_TEXT = 100
_A_NEW_CENTURY = 2000
_APART = 15  # years, between the first and the last birth


class ColumnContent:
    """One column of a file: its values, and how many of them look like what.

    Args:
        header: The column's name in the file.
        values: Every cell as text, "" where empty.
    """

    def __init__(self, header: str, values: "pd.Series[str]") -> None:
        self.header = header
        self.values = values

    @cached_property
    def sample(self) -> list[str]:
        """At most ``SAMPLE`` cells that are not empty, from all over the file, in its order."""
        cells, kept = self.values.to_numpy(dtype=object), self._some
        filled = [text for cell in kept if (text := str(cell).strip())]
        if not filled and len(cells) > len(kept):
            filled = [text for cell in cells if (text := str(cell).strip())]
        return filled[:: max(1, -(-len(filled) // SAMPLE))]

    @cached_property
    def _some(self) -> NDArray[np.object_]:
        cells = self.values.to_numpy(dtype=object)
        kept = np.linspace(0, len(cells) - 1, min(len(cells), 4 * SAMPLE), dtype=np.int64)
        return np.asarray(cells[kept], dtype=object)

    @cached_property
    def distinct(self) -> int:
        """How many different values there are, the empty one not counted."""
        found = pd.unique(self.values.to_numpy(dtype=object))
        return len({str(value).strip() for value in found} - {""})

    @cached_property
    def is_barely_filled(self) -> bool:
        """Whether next to no cell, of some all over the file, says anything."""
        cells = self._some
        return sum(1 for cell in cells if cell) < _BARELY * len(cells)

    @cached_property
    def filled(self) -> int:
        """How many cells are not empty."""
        return int((self.values.to_numpy(dtype=object) != "").sum())

    @property
    def is_unique(self) -> bool:
        """Whether (nearly) every value occurs once."""
        return self.distinct >= 0.98 * self.filled > 0

    def share(self, test: re.Pattern[str] | Callable[[str], object]) -> float:
        """Return the share of values that pass a test or match a pattern wholly, 0.0 to 1.0."""
        passes = test.fullmatch if isinstance(test, re.Pattern) else test
        if not self.sample:
            return 0.0
        return sum(1 for value in self.sample if passes(value)) / len(self.sample)

    def mean(self, measure: Callable[[str], float]) -> float:
        """Return the mean of a measure over the values; 0.0 when there is none."""
        return sum(map(measure, self.sample)) / len(self.sample) if self.sample else 0.0


def party_type(value: str) -> str:
    """Return ``company`` or ``person``, or "" when a word means neither."""
    word = value.strip()
    return normal_party_type(word) or _PARTY_WORDS.get(word.casefold(), "")


def are_values(cells: Sequence[str]) -> bool:
    """Say whether a line holds values although it should hold the names of columns."""
    if any(headers.readings(cell) for cell in cells):
        return False
    found = [text for cell in cells if (text := cell.strip())]
    return any(pattern.fullmatch(text) for text in found for pattern in _OF_VALUES)


def agrees(field: str, column: ColumnContent) -> bool:
    """Say whether enough values could be of the field that the header names; empty ones could."""
    check = _CHECKS.get(field)
    return check is None or not column.sample or check(column)


def field_by_content(column: ColumnContent, *, header_says_nothing: bool) -> str:
    """Return the field that the values can only be, or "" when they could be many things.

    Some kinds of value, such as postcodes, prove something only if the header says nothing.
    """
    tests = (*_PROOFS, *_HINTS) if header_says_nothing else _PROOFS
    return next((field for field, test in tests if test(column)), "")


def is_text(column: ColumnContent) -> bool:
    """Say whether the values are words without digits, such as names of people and places."""
    return column.share(_WORDS) >= MOSTLY and column.mean(len) > _ABBREVIATION


def has_several_words(column: ColumnContent) -> bool:
    """Say whether many values have two words or more."""
    return column.share(lambda value: " " in value) >= _SEVERAL


def is_single_word(column: ColumnContent) -> bool:
    """Say whether (nearly) all values are one word."""
    return column.share(lambda value: " " in value) <= _FEW


def is_coded(column: ColumnContent) -> bool:
    """Say whether the values are short codes with digits."""
    return column.share(_IDENTIFIER) >= _MOST


def is_number(column: ColumnContent) -> bool:
    """Say whether the values are plain numbers."""
    return column.share(_NUMBER) >= _MOST


def is_date(column: ColumnContent) -> bool:
    """Say whether the values are dates, or instants."""
    return column.share(_DATE) >= MOSTLY or is_time(column)


def is_time(column: ColumnContent) -> bool:
    """Say whether the values are instants."""
    return column.share(_TIME) >= MOSTLY


def is_long_text(column: ColumnContent) -> bool:
    """Say whether the values are sentences rather than terms."""
    return column.mean(len) > _LONG_TEXT


def looks_like_identifiers(column: ColumnContent) -> bool:
    """Say whether the values are short codes that occur once each."""
    return (
        column.is_unique and is_coded(column) and not is_date(column) and column.share(_VAT) < HALF
    )


def _looks_like_countries(column: ColumnContent) -> bool:
    return column.distinct <= _COUNTRIES and column.share(normal_country) >= MOSTLY


def _looks_like_postcodes(column: ColumnContent) -> bool:
    return column.share(_POSTCODE) >= MOSTLY and not column.is_unique


def _looks_like_streets(column: ColumnContent) -> bool:
    numbered = column.share(_STREET) >= MOSTLY and _words(column) > 1
    return numbered or column.share(_STREET_WORD.search) >= HALF


def _looks_like_phones(column: ColumnContent) -> bool:
    return (
        column.share(_PHONE) >= MOSTLY
        and column.share(_DATE) < HALF
        and min(_PHONE_DIGITS) <= column.mean(_digits) <= max(_PHONE_DIGITS)
        and not _counts_up(column)
    )


def _looks_like_written_phones(column: ColumnContent) -> bool:
    """Most are written as only phones are: with +, 0, brackets or gaps."""
    return column.share(_PHONE_MARK.search) >= MOSTLY and _looks_like_phones(column)


def _looks_like_births(column: ColumnContent) -> bool:
    """Births spread over decades; dates of business crowd in the last one or two."""
    if is_time(column) or column.share(_DATE) < MOSTLY:
        return False
    years = sorted(int(found.group()) for v in column.sample if (found := _YEAR.search(v)))
    if len(years) < HALF * len(column.sample):
        return False
    return years[len(years) // 2] < _A_NEW_CENTURY and years[-1] - years[0] >= _APART


def _looks_like_party_types(column: ColumnContent) -> bool:
    said_in_words = column.mean(len) > 1
    both = column.distinct > 1
    return (
        column.distinct <= _CODE_LENGTH
        and (said_in_words or both)
        and column.share(_is_party_type) >= _MOST
    )


def _is_party_type(value: str) -> bool:
    return bool(party_type(value))


def _counts_up(column: ColumnContent) -> bool:
    """Say whether the values are numbers in order, as running numbers are."""
    try:
        numbers = [int(value) for value in column.sample]
    except ValueError:
        return False
    return len(numbers) > _SHORTEST_COUNT and numbers == sorted(set(numbers))


def _digits(value: str) -> int:
    return sum(character.isdigit() for character in value)


def _letters(value: str) -> bool:
    return any(character.isalpha() for character in value)


def _words(column: ColumnContent) -> float:
    return column.mean(lambda value: len(value.split()))


def _lettered(column: ColumnContent) -> bool:
    return column.share(_letters) >= HALF and column.share(_EMAIL) < HALF


def _coded(column: ColumnContent) -> bool:
    return column.share(_digits) >= HALF


_CHECKS: dict[str, Callable[[ColumnContent], bool]] = {
    "name": _lettered,
    "given_name": _lettered,
    "surname": _lettered,
    "street": _lettered,
    "city": _lettered,
    "region": lambda column: column.share(_letters) >= HALF or column.mean(len) <= _CODE_LENGTH,
    "house_number": lambda column: _coded(column) and column.mean(len) <= _POSTCODE_LENGTH,
    "postcode": lambda column: _coded(column) and column.mean(len) <= _POSTCODE_LENGTH,
    "country": lambda column: (
        column.share(_letters) >= HALF and column.distinct <= _SPELLINGS_OF_COUNTRIES
    ),
    "phone": lambda column: column.share(lambda value: _digits(value) >= _SHORTEST_PHONE) >= HALF,
    "fax": lambda column: column.share(lambda value: _digits(value) >= _SHORTEST_PHONE) >= HALF,
    "email": lambda column: column.share(lambda value: "@" in value) >= HALF,
    "website": lambda column: column.share(lambda v: "." in v and "@" not in v) >= HALF,
    "tax_id": _coded,
    "registration_number": _coded,
    "date_of_birth": lambda c: c.share(_DATE) >= HALF or c.share(_YEAR) >= HALF or is_time(c),
    "party_type": lambda column: column.share(_is_party_type) >= HALF,
    "source": lambda column: column.distinct <= max(20, len(column.values) // 50),
    "id": lambda column: column.share(_VAT) < HALF,
}
_PROOFS: tuple[tuple[str, Callable[[ColumnContent], bool]], ...] = (
    ("email", lambda column: column.share(_EMAIL) >= MOSTLY),
    ("tax_id", lambda column: column.share(_VAT) >= MOSTLY),
    ("website", lambda column: column.share(_WEBSITE) >= MOSTLY),
    ("phone", _looks_like_written_phones),
)
_HINTS: tuple[tuple[str, Callable[[ColumnContent], bool]], ...] = (
    ("date_of_birth", _looks_like_births),
    ("party_type", _looks_like_party_types),
    ("country", _looks_like_countries),
    ("postcode", _looks_like_postcodes),
    ("phone", _looks_like_phones),
    ("street", _looks_like_streets),
)
