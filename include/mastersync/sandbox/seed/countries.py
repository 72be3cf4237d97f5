"""How the sample records spell countries, and registration numbers that look like the country's."""

from mastersync.sandbox.seed.records import digits

_SPELLINGS = {
    "US": ("us", "usa", "u.s.a.", "united states"),
    "GB": ("gb", "uk", "united kingdom", "england"),
    "IN": ("in", "ind", "india"),
    "DE": ("de", "deu", "germany", "deutschland"),
    "FR": ("fr", "fra", "france"),
    "HK": ("hk", "hkg", "hong kong", "hong kong sar"),
}
_CODES = {spelling: code for code, spellings in _SPELLINGS.items() for spelling in spellings}

CURRENCIES = {"US": "USD", "GB": "GBP", "IN": "INR", "DE": "EUR", "FR": "EUR", "HK": "HKD"}


def country_code(text: str) -> str:
    """Returns: ISO 3166-1 alpha-2, or "" when the text says nothing known."""
    return _CODES.get(text.strip().lower(), "")


def registration_number(country: str, *key: str) -> str:
    match country:
        case "DE":
            return f"HRB {digits(6, 'reg', *key)}"
        case "FR":
            return digits(9, "reg", *key)
        case "IN":
            place, serial = digits(5, "cin", *key), digits(6, "reg", *key)
            return f"U{place}MH2009PTC{serial}"
        case "US":
            return digits(7, "reg", *key)
        case _:
            return digits(8, "reg", *key)
