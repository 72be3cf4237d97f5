"""Bank accounts: IBAN (ISO 13616) and BIC (ISO 9362)."""

import re

from stdnum import bic, iban
from stdnum.exceptions import ValidationError

_SEPARATORS = re.compile(r"[\s.\-]")


def normal_iban(text: str) -> str | None:
    """Return the IBAN in capitals without spaces; None when length or check digits are wrong.

    >>> normal_iban("gb82 west 1234 5698 7654 32")
    'GB82WEST12345698765432'
    """
    number = _SEPARATORS.sub("", text).upper().removeprefix("IBAN")
    try:
        return str(iban.validate(number))
    except ValidationError:
        return None


def normal_bic(text: str) -> str | None:
    """Return the BIC in capitals, of 8 or 11 characters, or None."""
    try:
        return str(bic.validate(_SEPARATORS.sub("", text).upper()))
    except ValidationError:
        return None
