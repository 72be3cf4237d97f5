"""Countries: by code or name to ISO 3166-1 alpha-2, and their dialling codes."""

import re
from collections.abc import Mapping

from mastersync.domain.resolution.vocabulary.country_names import TABLE
from mastersync.domain.resolution.vocabulary.scripts import fold
from mastersync.domain.resolution.vocabulary.tables import entries

_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_NO_CODE = "-"


def _read() -> tuple[dict[str, str], dict[str, str]]:
    """Return spelling -> alpha-2 code, and alpha-2 code -> dialling code."""
    spellings: dict[str, str] = {}
    dialling: dict[str, str] = {}
    for head, (_, *names) in entries(TABLE).items():
        alpha2, alpha3, code = head.split()
        for spelling in (alpha2.lower(), alpha3.lower(), *names):
            spellings.setdefault(spelling, alpha2)
        if code != _NO_CODE:
            dialling[alpha2] = code
    return spellings, dialling


_SPELLINGS, _DIALLING = _read()

# Folded code or name, words parted by one space -> alpha-2 code in upper case.
COUNTRIES: Mapping[str, str] = _SPELLINGS
# Alpha-2 code -> dialling code without plus; several countries share "1", "7", "44", ...
DIALLING_CODES: Mapping[str, str] = _DIALLING
# Dialling code -> the country that most numbers with it are of.
DIALLED_COUNTRIES: Mapping[str, str] = {
    **{code: country for country, code in reversed(_DIALLING.items())},
    "1": "US",
    "7": "RU",
    "39": "IT",
    "44": "GB",
    "47": "NO",
    "61": "AU",
    "212": "MA",
    "262": "RE",
    "358": "FI",
    "590": "GP",
    "599": "CW",
}


def country_code(text: str) -> str:
    """Return the alpha-2 code of a country as people write it, or "" for none that we know.

    >>> country_code("U.S.A."), country_code("Österreich"), country_code("Atlantis")
    ('US', 'AT', '')
    """
    words = _NOT_WORDS.sub(" ", fold(text).replace("'", "")).strip()
    return COUNTRIES.get(words) or COUNTRIES.get(words.replace(" ", ""), "")
