"""Phone numbers in E.164, by the rules of the record's country."""

import re

import phonenumbers

_TRUNK_ZERO = re.compile(r"^((?:\+|00)[\d\s]*)\(0\)")
_LONGEST = 60


def normal_phone(text: str, *, country: str) -> str | None:
    """Return the number in E.164 without its extension, or None when it can be no number.

    A number that is possible by its length is kept, even in a range not yet handed out:
    number plans change faster than their tables. Placeholders of one digit are refused.

    Args:
        country: Alpha-2 code of the country whose national form the text may have.
    """
    if len(text) > _LONGEST:
        return None
    text = _TRUNK_ZERO.sub(r"\1", text)
    if text.startswith("00"):
        text = f"+{text[2:]}"
    try:
        number = phonenumbers.parse(text, country)
        if not phonenumbers.is_possible_number(number):
            return None
    except phonenumbers.NumberParseException:
        return None
    if len(set(str(number.national_number))) == 1:
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
