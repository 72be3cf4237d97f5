"""Numbers that name one party, and dates of birth."""

import re
from dataclasses import dataclass
from typing import Final

from mastersync.domain.resolution.vocabulary.identifiers import canonical_identifier, entity_part
from mastersync.domain.resolution.words import Distinct, restate, together

_FEWEST_SIGNS: Final = 4
# A number that names a site has the entity's and more: SIRET, GSTIN, a branch suffix.
_SHORTEST_OF_SITE: Final = 11
_DATE: Final = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})(?!\d)")
_MONTHS: Final = 12
_NO_DATES: Final = frozenset(("19000101", "18991230", "18991231", "99991231", "00010101"))
_DATE_LAST: Final = re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{4})")


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Canonical numbers by record; ``entity`` is the part that the legal entity has."""

    column: Distinct
    entity: Distinct


def read_numbers(column: Distinct, *, countries: Distinct) -> Numbers:
    """Read identifiers; placeholders and fragments say nothing."""
    whole = restate(column, [_number(value) for value in column.values])
    codes, pairs = together(whole, countries)
    entity = [
        entity_part(number, country) if len(number) >= _SHORTEST_OF_SITE else number
        for number, country in pairs
    ]
    return Numbers(column=whole, entity=restate(Distinct(codes=codes, values=entity), entity))


def _number(text: str) -> str:
    number = canonical_identifier(text)
    return number if len(number) >= _FEWEST_SIGNS else ""


def read_dates(column: Distinct) -> Numbers:
    """Read dates into ``YYYYMMDD``; the entity part is the year."""
    whole = restate(column, [_date(value) for value in column.values])
    return Numbers(column=whole, entity=restate(whole, [value[:4] for value in whole.values]))


def _date(text: str) -> str:
    if found := _DATE.match(text.strip()):
        year, month, day = found.groups()
    elif found := _DATE_LAST.match(text.strip()):
        day, month, year = found.groups()
    else:
        return ""
    if int(month) > _MONTHS >= int(day):
        month, day = day, month
    date = f"{year}{int(month):02d}{int(day):02d}"
    return "" if date in _NO_DATES else date
