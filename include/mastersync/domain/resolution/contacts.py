"""Phones, mailboxes and websites, said in one way."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from mastersync.domain.resolution.vocabulary.countries import DIALLING_CODES
from mastersync.domain.resolution.vocabulary.mail import (
    FREE_MAIL,
    PLACEHOLDER_MAILBOXES,
    ROLE_MAILBOXES,
    TYPO_DOMAINS,
)
from mastersync.domain.resolution.vocabulary.placeholders import is_placeholder_number
from mastersync.domain.resolution.words import Distinct, Flags, restate, together

_EXTENSION: Final = re.compile(r"(?:ext|extn|x|#|durchwahl|poste|app)\.?\s*\d+\s*$", re.IGNORECASE)
_NOT_DIGIT: Final = re.compile(r"\D+")
# Every extension has one of these, and few numbers do.
_SAYS_MORE: Final = re.compile(r"[^\d\s+()./-]")
_FEWEST_DIGITS: Final = 6
_WITH_NORTH_AMERICA: Final = 11
_SITE: Final = re.compile(r"^(?:https?:/*)?(?:www\d?\.)?([^/?#:\s]+)", re.IGNORECASE)


def read_phones(column: Distinct, *, countries: Distinct) -> Distinct:
    """Return national numbers: digits without trunk zero, country code or extension."""
    codes, pairs = together(column, countries)
    numbers = [_phone(text, country) for text, country in pairs]
    return restate(Distinct(codes=codes, values=numbers), numbers)


def _phone(text: str, country: str) -> str:
    if not text:
        return ""
    bare = text.strip()
    if _SAYS_MORE.search(bare):
        bare = _EXTENSION.sub("", bare)
    digits = _NOT_DIGIT.sub("", bare.replace("(0)", ""))
    prefix = DIALLING_CODES.get(country, "")
    abroad = bare.startswith("+") or digits.startswith("00")
    digits = digits.lstrip("0")
    if (
        prefix
        and digits.startswith(prefix)
        and (abroad or (prefix == "1" and len(digits) == _WITH_NORTH_AMERICA))
    ):
        digits = digits[len(prefix) :].lstrip("0")
    elif abroad:
        digits = _without_any_prefix(digits)
    elif not prefix and len(digits) == _WITH_NORTH_AMERICA and digits[0] == "1":
        digits = digits[1:]
    if len(digits) < _FEWEST_DIGITS or is_placeholder_number(digits):
        return ""
    return digits


_PREFIXES: Final = frozenset(DIALLING_CODES.values())


def _without_any_prefix(digits: str) -> str:
    for length in (1, 2, 3):
        if digits[:length] in _PREFIXES:
            return digits[length:].lstrip("0")
    return digits


@dataclass(frozen=True, kw_only=True)
class Mailboxes:
    """Email addresses, and the parts that two of them may share.

    ``local`` and ``domain`` are columns by record; ``free`` says of a domain that anybody may
    have a mailbox there, ``role`` of a local part that it is a desk and not a person.
    """

    address: Distinct
    local: Distinct
    domain: Distinct
    free: Flags
    role: Flags


def read_mailboxes(column: Distinct) -> Mailboxes:
    """Read email addresses; what cannot be one says nothing."""
    address = restate(column, [_address(value) for value in column.values])
    parts = [value.partition("@") for value in address.values]
    local = restate(address, [part[0] for part in parts])
    domain = restate(address, [part[2] for part in parts])
    return Mailboxes(
        address=address,
        local=local,
        domain=domain,
        free=np.array([value in FREE_MAIL for value in domain.values], dtype=np.bool_),
        role=np.array([value in ROLE_MAILBOXES for value in local.values], dtype=np.bool_),
    )


def _address(text: str) -> str:
    text = text.strip().strip("<>;,").lower().removeprefix("mailto:")
    local, at, domain = text.partition("@")
    if not at or not local or "." not in domain or local in PLACEHOLDER_MAILBOXES:
        return ""
    local = local.partition("+")[0]
    return f"{local}@{TYPO_DOMAINS.get(domain, domain)}"


def site_domain(text: str) -> str:
    """Return a website's domain without ``www``, or ``""``."""
    found = _SITE.match(text.strip())
    domain = found[1].lower() if found else ""
    return domain if "." in domain else ""
