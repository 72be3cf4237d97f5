"""Postcodes, spaced as the country's post does."""

import re

from mastersync.domain.records.text import upper_text

_LONGEST = 12
_ALLOWED = re.compile(r"^[0-9A-Z][0-9A-Z -]*$")
_SPACE_BEFORE_LAST = {"GB": 3, "CA": 3, "NL": 2, "IE": 4}
_FOUR_DIGITS = re.compile(r"^[0-9]{4}$")
_FIVE_DIGITS = frozenset({"US", "DE", "FR", "ES", "IT", "MX"})


def normal_postcode(text: str, *, country: str) -> str | None:
    """Return the postcode in upper case, or None when no post could use it.

    Where a country has five digits, a leading zero that a spreadsheet ate is put back.
    """
    code = upper_text(text)
    if len(code) > _LONGEST or not _ALLOWED.match(code):
        return None
    tail = _SPACE_BEFORE_LAST.get(country)
    compact = code.replace(" ", "")
    if tail and len(compact) > tail:
        return f"{compact[:-tail]} {compact[-tail:]}"
    if country in _FIVE_DIGITS and _FOUR_DIGITS.match(code):
        return f"0{code}"
    return code
