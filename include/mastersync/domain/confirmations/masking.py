"""Values shown in part, so that a forwarded link or mail gives nothing away."""

import phonenumbers

from mastersync.domain.records.fields import FieldKind

DOT = "•"
_KEPT_AT_END = 3


def mask_value(kind: FieldKind, value: str) -> str:
    """Return the value as far as a stranger may see it; kinds that are no secret stay as is.

    >>> mask_value(FieldKind.TAX_ID, "GB123456789")
    'GB••••••789'
    >>> mask_value(FieldKind.DATE, "1980-12-31")
    '1980-••-••'
    """
    masks = {
        FieldKind.TAX_ID: _mask_number,
        FieldKind.IBAN: _mask_number,
        FieldKind.PHONE: _mask_phone,
        FieldKind.EMAIL: _mask_email,
        FieldKind.DATE: _mask_date,
    }
    return masks[kind](value) if value and kind in masks else value


def mask_code(value: str) -> str:
    """Return a code or postcode with all but its first two characters hidden."""
    shown = 2 if len(value) >= 4 else 1  # noqa: PLR2004 (half of a short code at most)
    return value[:shown] + _dots(value[shown:])


def _mask_number(value: str) -> str:
    start = 2 if value[:2].isalpha() else 0
    end = len(value) - _kept(value[start:])
    return value[:start] + _dots(value[start:end]) + value[end:]


def _mask_phone(value: str) -> str:
    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return _mask_number(value)
    spaced = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    prefix = f"+{number.country_code}"
    rest = spaced.removeprefix(prefix).replace("-", " ")
    end = len(rest) - _kept(rest)
    return prefix + _dots(rest[:end]) + rest[end:]


def _mask_email(value: str) -> str:
    name, _, domain = value.rpartition("@")
    return f"{name[:1]}{DOT * 3}@{domain}"


def _mask_date(value: str) -> str:
    year, _, rest = value.partition("-")
    return f"{year}-{_dots(rest)}"


def _kept(text: str) -> int:
    """Characters of a number that stay readable at its end: never more than half of it."""
    return min(_KEPT_AT_END, len(text) // 2)


def _dots(text: str) -> str:
    return "".join(DOT if character.isalnum() else character for character in text)
