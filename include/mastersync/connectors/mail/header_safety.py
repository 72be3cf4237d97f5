"""Guards what ends up in mail headers: the SendGrid client passes line breaks through."""

import re
import unicodedata

from mastersync.ports.mail import Mail

LONGEST_SUBJECT = 200
LONGEST_NAME = 100
_ADDRESS = re.compile(r"^[^@\s<>,;:\"\\]{1,64}@[^@\s<>,;:\"\\]{1,255}$")
# Control, format (with the bidirectional overrides), surrogate, line and paragraph separators.
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Two of category Cf carry meaning: joiners in emoji and in Persian or Indic script.
_JOINERS = frozenset({"\u200c", "\u200d"})


def unsafe_part(mail: Mail) -> str | None:
    """Return the name of a part that must not go into a header, or None when all may."""
    addresses = {"to": mail.to, "from": mail.sender, "reply_to": mail.reply_to or mail.sender}
    for part, address in addresses.items():
        if not _ADDRESS.match(address) or _has_forbidden(address):
            return part
    if len(mail.sender_name) > LONGEST_NAME or _has_forbidden(mail.sender_name):
        return "from.name"
    if not 0 < len(mail.subject) <= LONGEST_SUBJECT or _has_forbidden(mail.subject):
        return "subject"
    return None


def _has_forbidden(text: str) -> bool:
    return any(
        unicodedata.category(character) in _FORBIDDEN and character not in _JOINERS
        for character in text
    )
