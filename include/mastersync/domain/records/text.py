"""Text as people meant it: one Unicode form, plain spaces, nothing invisible that misleads."""

import unicodedata
from datetime import date
from decimal import Decimal

_LONGEST_NUMBER = 40
_PLACEHOLDERS = frozenset(
    {"null", "none", "nil", "nan", "n/a", "na", "#n/a", "(null)", "undefined", "tbd", "unknown"}
)
# Characters of category Cf that carry meaning: joiners in emoji and in Persian or Indic script.
_KEPT_FORMAT_CHARACTERS = frozenset({"\u200c", "\u200d"})
_EMOJI_TAGS = range(0xE0020, 0xE0080)


def _replacement(character: str) -> str | None:
    """Return what stands for a character that is not kept: a space, or nothing."""
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp"} or character in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85":
        return " "
    if category in {"Cc", "Cs"}:
        return ""
    if category == "Cf" and character not in _KEPT_FORMAT_CHARACTERS:
        return None if ord(character) in _EMOJI_TAGS else ""
    return None


class _Cleaning(dict[int, int | str]):
    """A translation table that fills itself, as most characters never occur."""

    def __missing__(self, code: int) -> int | str:
        found = _replacement(chr(code))
        self[code] = code if found is None else found
        return self[code]


_CLEANING = _Cleaning()


def clean_text(text: str) -> str:
    """Return text in NFC with single spaces and without control and bidi-control characters.

    Emoji, right-to-left text and combining marks stay as they are. Idempotent.
    """
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", text.translate(_CLEANING))
    return " ".join(text.split())


def text_of(value: object) -> str | None:
    """Return a mapped value as clean text; "" when it says nothing, None when it is no text.

    Whole floats lose their ".0", as spreadsheets make floats of phone numbers and postcodes.
    """
    if isinstance(value, str):
        text = clean_text(value)
        return "" if text.casefold() in _PLACEHOLDERS else text
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return _number_text(value)
    return value.isoformat() if isinstance(value, date) else None


def _number_text(number: float | Decimal) -> str | None:
    """Return plain digits without an exponent, or None when there would be absurdly many."""
    if isinstance(number, int):
        # str() of an int of thousands of digits raises.
        return str(number) if number.bit_length() <= 4 * _LONGEST_NUMBER else None
    exact = Decimal(repr(number)) if isinstance(number, float) else number
    if not exact.is_finite():
        return "" if exact.is_nan() else None
    if abs(exact.adjusted()) > _LONGEST_NUMBER:
        return "0" if exact == 0 else None
    plain = format(exact, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def has_substance(text: str) -> bool:
    """Say whether text holds a letter, a digit or a symbol such as an emoji, not marks alone."""
    return any(unicodedata.category(character)[0] in "LNS" for character in text)


def upper_text(text: str) -> str:
    """Return text in upper case and NFC. Idempotent."""
    return unicodedata.normalize("NFC", text.upper())
