"""Calendar dates in ISO 8601."""

import re
from datetime import date

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.,+\-Z ]*)?$")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_YEAR_LAST = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
_DAY_NAME_YEAR = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|\.)?[ -]([^\W\d]{3,9})\.?,?[ -](\d{4})$")
_NAME_DAY_YEAR = re.compile(r"^([^\W\d]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$")
_MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW"})
_YEARS = range(1800, 2201)


def normal_date(text: str, *, country: str) -> str | None:
    """Return the date as YYYY-MM-DD, or None when there is none such or its century is unsaid.

    ``03/04/2020`` is read as the record's country writes it: month first in the United States,
    day first elsewhere, unless only the other order gives a date.
    """
    for pattern in (_ISO, _COMPACT, _YEAR_FIRST):
        if found := pattern.match(text):
            year, month, day = (int(part) for part in found.groups())
            return _iso(year, month, day)
    if found := _YEAR_LAST.match(text):
        first, second, year = (int(part) for part in found.groups())
        if country in _MONTH_FIRST:
            return _iso(year, first, second) or _iso(year, second, first)
        return _iso(year, second, first) or _iso(year, first, second)
    return _date_with_month_name(text)


def _date_with_month_name(text: str) -> str | None:
    if found := _DAY_NAME_YEAR.match(text):
        day, name, year = found.groups()
    elif found := _NAME_DAY_YEAR.match(text):
        name, day, year = found.groups()
    else:
        return None
    month = name[:3].lower()
    if month not in _MONTHS:
        return None
    return _iso(int(year), _MONTHS.index(month) + 1, int(day))


def _iso(year: int, month: int, day: int) -> str | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
