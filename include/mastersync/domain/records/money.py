"""Amounts of money as plain decimal text, and their currencies."""

import re
from decimal import Decimal
from functools import lru_cache

import pycountry

_AROUND = re.compile(r"^(?:[A-Z]{3}|[$€£¥₹])\s*|\s*(?:[A-Z]{3}|[$€£¥₹])$")
_PLAIN = re.compile(r"^-?[0-9]{1,18}(\.[0-9]{1,6})?$")
_GROUPED_BY_POINT = re.compile(r"^-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,6})?$")
_GROUPED_BY_COMMA = re.compile(r"^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,6})?$")
_COMMA_DECIMAL = re.compile(r"^-?[0-9]{1,18},[0-9]{1,6}$")
# "$" alone is the dollar of twenty countries, so it is no currency.
_SYMBOLS = {"€": "EUR", "£": "GBP", "₹": "INR", "US$": "USD", "HK$": "HKD", "EURO": "EUR"}


def normal_amount(text: str) -> str | None:
    """Return an amount such as ``25000`` or ``1234.5``, or None when it cannot be read surely.

    ``1.234`` is one and a bit, our own plain form; ``1,234`` and ``1.234,00`` are grouped.
    """
    amount = re.sub(r"[\s'\u2019]", "", _AROUND.sub("", text))
    if _PLAIN.match(amount):
        plain = amount
    elif _GROUPED_BY_COMMA.match(amount):
        plain = amount.replace(",", "")
    elif _GROUPED_BY_POINT.match(amount):
        plain = amount.replace(".", "").replace(",", ".")
    elif _COMMA_DECIMAL.match(amount):
        plain = amount.replace(",", ".")
    else:
        return None
    if not _PLAIN.match(plain):
        return None
    number = format(Decimal(plain), "f")
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return "0" if number == "-0" else number


@lru_cache(maxsize=512)
def normal_currency(text: str) -> str | None:
    """Return the ISO 4217 code of a currency's code or unmistakable symbol, or None."""
    code = text.upper()
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    return code if pycountry.currencies.get(alpha_3=code) is not None else None
