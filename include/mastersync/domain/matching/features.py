"""What the matcher reads out of a record's fields, once a record."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from mastersync.domain.matching.vocabulary import (
    FREE_MAIL,
    LEGAL_FORMS,
    PLACEHOLDER_MAILBOXES,
    ROLE_MAILBOXES,
    STOP_WORDS,
    STREET_FILLERS,
    STREET_TYPES,
    TITLES,
    UNIT_WORDS,
)

_DOTTED = re.compile(r"\b(\w)\.(?=\w\b)")
_APOSTROPHES = re.compile(r"['\u2019`]")
_BREAKS = re.compile(r"[\W_]+")
_UMLAUT_DIGRAPHS = re.compile(r"(?<=[^aeiou])([aou])e(?=[^aeiou])")
_TRADING_AS = re.compile(r"\b(?:t/a|trading as|d/b/a|dba|c/o)\b", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[^0-9A-Z]")
_COUNTRY_PREFIX = re.compile(r"^[A-Z]{2}(?=[0-9]{8})")
_STREET_SUFFIX = re.compile(r"(?<=\w{3})(?:strasse|str|platz|weg|gasse|allee)$")
_UNIT = re.compile(rf"^(?:(?:{'|'.join(sorted(UNIT_WORDS))})\b|\d+ f$)")
_HOUSE_NUMBER = re.compile(r"\b(\d+)[a-z]?\b(?: \d+\b)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A record's address; empty where it does not say. ``postcode`` is compact."""

    number: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailbox:
    """An email address, and how much it says of one customer."""

    address: str = ""
    domain: str = ""  # empty when anybody can have a mailbox there
    is_role: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Features:
    """A record, ready to be compared. ``names`` are token lists, one per name it trades by."""

    kind: str
    names: tuple[tuple[str, ...], ...]
    legal_form: str
    place: Place
    phone: str
    mailbox: Mailbox
    tax_id: str
    registration_number: str
    date_of_birth: str


def read_features(fields: Mapping[str, str]) -> Features:
    """Return what is compared of a record in normal form; empty where it does not say."""
    kind = fields.get("party_type", "")
    all_names = [_name_tokens(name) for name in _names(fields)]
    legal_forms = [token for tokens in all_names for token in tokens if token in LEGAL_FORMS]
    if not kind and legal_forms:
        kind = "company"
    if kind == "person":
        names = [tuple(t for t in tokens if t not in TITLES) or tokens for tokens in all_names]
    else:
        names = [without_legal_form(tokens) for tokens in all_names]
    return Features(
        kind=kind,
        names=tuple(dict.fromkeys(names)),
        legal_form=legal_forms[-1] if legal_forms else "",
        place=_place(fields),
        phone=fields.get("phone", ""),
        mailbox=_mailbox(fields.get("email", "")),
        tax_id=_COUNTRY_PREFIX.sub("", _NOT_LETTERS.sub("", fields.get("tax_id", "").upper())),
        registration_number=_NOT_LETTERS.sub(
            "", fields.get("registration_number", "").upper()
        ).lstrip("0"),
        date_of_birth=fields.get("date_of_birth", ""),
    )


def fold(text: str) -> str:
    """Return text without case, accents, punctuation and the two spellings of umlauts."""
    text = _APOSTROPHES.sub("", _DOTTED.sub(r"\1", text.casefold()))
    if text.isascii():
        return _BREAKS.sub(" ", text).strip()
    decomposed = unicodedata.normalize("NFKD", text)
    signs = (sign for sign in decomposed if not unicodedata.combining(sign))
    # Vowel signs of Indic scripts are no letters to Python, but part of the word.
    kept = (s if s.isalnum() or unicodedata.category(s) in {"Mc", "Mn"} else " " for s in signs)
    return " ".join("".join(kept).casefold().split())


def without_legal_form(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return a company's name without legal form and stop words, unless nothing remains."""
    kept = tuple(t for t in tokens if t not in LEGAL_FORMS and t not in STOP_WORDS)
    return kept or tokens


def _names(fields: Mapping[str, str]) -> list[str]:
    parts = " ".join(filter(None, (fields.get("given_name"), fields.get("surname"))))
    given = [parts or fields.get("name", ""), fields.get("legal_name", "")]
    return [name for text in given if text for name in _TRADING_AS.split(text) if name.strip()]


def _name_tokens(name: str) -> tuple[str, ...]:
    words = fold(name).split() or [name.strip().casefold()]
    return tuple(_UMLAUT_DIGRAPHS.sub(r"\1", word) for word in words)


def _place(fields: Mapping[str, str]) -> Place:
    number, street = _street(fields.get("street", ""))
    return Place(
        number=number,
        street=street,
        city=_UMLAUT_DIGRAPHS.sub(r"\1", fold(fields.get("city", ""))),
        postcode=fields.get("postcode", "").split("-")[0].replace(" ", "").upper(),
    )


def _street(text: str) -> tuple[str, str]:
    """Return house number and the street's own words; units, floors and types are dropped."""
    parts = [fold(part) for part in text.split(",")]
    lines = [part for part in parts if not _UNIT.match(part)] or parts
    line = next((part for part in lines if _HOUSE_NUMBER.search(part)), lines[0])
    found = _HOUSE_NUMBER.search(line)
    number = found[1] if found else ""
    rest = line.replace(found[0], " ", 1) if found else line
    words = [_STREET_SUFFIX.sub("", word) for word in rest.split()]
    own = [w for w in words if w not in STREET_TYPES and w not in STREET_FILLERS]
    return number, " ".join(_UMLAUT_DIGRAPHS.sub(r"\1", word) for word in own or words)


def _mailbox(address: str) -> Mailbox:
    local, _, domain = address.partition("@")
    own_domain = "" if domain in FREE_MAIL else domain
    is_role = local in ROLE_MAILBOXES
    if local in PLACEHOLDER_MAILBOXES or (is_role and not own_domain):
        return Mailbox()
    return Mailbox(address=address, domain=own_domain, is_role=is_role)
