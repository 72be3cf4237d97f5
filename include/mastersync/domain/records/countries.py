"""Countries as ISO 3166-1 alpha-2 codes."""

from functools import lru_cache

import pycountry

# What people write and the standard does not list; also the most frequent countries, so that
# the standard's table is not loaded for them.
_ALIASES = {
    "US": (
        "us",
        "usa",
        "united states",
        "united states of america",
        "u.s.",
        "u.s.a.",
        "america",
    ),
    "GB": (
        "gb",
        "gbr",
        "uk",
        "united kingdom",
        "great britain",
        "britain",
        "england",
        "scotland",
        "wales",
        "northern ireland",
        "u.k.",
        "united kingdom of great britain and northern ireland",
    ),
    "DE": (
        "de",
        "deu",
        "germany",
        "deutschland",
        "allemagne",
        "brd",
    ),
    "FR": (
        "fr",
        "fra",
        "france",
        "frankreich",
    ),
    "IN": (
        "in",
        "ind",
        "india",
        "bharat",
        "republic of india",
    ),
    "HK": (
        "hk",
        "hkg",
        "hong kong",
        "hong kong sar",
        "hongkong",
        "hong kong s.a.r.",
        "hong kong sar china",
        "hong kong special administrative region",
    ),
    "AU": (
        "au",
        "aus",
        "australia",
    ),
    "CA": (
        "ca",
        "can",
        "canada",
    ),
    "IE": (
        "ie",
        "irl",
        "ireland",
        "eire",
        "republic of ireland",
    ),
    "NL": (
        "nl",
        "nld",
        "netherlands",
        "the netherlands",
        "holland",
        "nederland",
    ),
    "CH": (
        "ch",
        "che",
        "switzerland",
        "schweiz",
        "suisse",
        "svizzera",
    ),
    "AT": (
        "at",
        "aut",
        "austria",
        "österreich",
        "oesterreich",
    ),
    "ES": (
        "es",
        "esp",
        "spain",
        "españa",
        "espana",
    ),
    "IT": (
        "it",
        "ita",
        "italy",
        "italia",
        "italien",
    ),
    "BE": (
        "be",
        "bel",
        "belgium",
        "belgien",
        "belgique",
        "belgië",
    ),
    "SE": (
        "se",
        "swe",
        "sweden",
        "sverige",
    ),
    "DK": (
        "dk",
        "dnk",
        "denmark",
        "danmark",
    ),
    "NO": (
        "no",
        "nor",
        "norway",
        "norge",
    ),
    "PL": (
        "pl",
        "pol",
        "poland",
        "polska",
    ),
    "CN": (
        "cn",
        "chn",
        "china",
        "p.r. china",
        "prc",
        "people's republic of china",
    ),
    "TW": (
        "tw",
        "twn",
        "taiwan",
    ),
    "KR": (
        "kr",
        "kor",
        "korea",
        "south korea",
        "republic of korea",
    ),
    "JP": (
        "jp",
        "jpn",
        "japan",
    ),
    "SG": (
        "sg",
        "sgp",
        "singapore",
    ),
    "AE": (
        "ae",
        "are",
        "uae",
        "u.a.e.",
        "united arab emirates",
    ),
    "RU": (
        "ru",
        "rus",
        "russia",
        "russian federation",
    ),
    "CZ": (
        "cz",
        "cze",
        "czech republic",
        "czechia",
    ),
    "TR": (
        "tr",
        "tur",
        "turkey",
        "türkiye",
        "turkiye",
    ),
    "VN": (
        "vn",
        "vnm",
        "vietnam",
        "viet nam",
    ),
}
_BY_SPELLING = {spelling: code for code, spellings in _ALIASES.items() for spelling in spellings}


@lru_cache(maxsize=4096)
def normal_country(text: str) -> str | None:
    """Return the alpha-2 code of a country's code or name, or None when there is none such."""
    spelling = text.casefold()
    known = _BY_SPELLING.get(spelling) or _BY_SPELLING.get(spelling.replace(".", ""))
    if known is not None:
        return known
    try:
        return str(pycountry.countries.lookup(text).alpha_2)
    except LookupError:
        return None
