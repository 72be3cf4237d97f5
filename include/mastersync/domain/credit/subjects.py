"""Whom the law sees in a customer: a company, a sole trader, or a private individual."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final

from mastersync.domain.records.codes import COMPANY, PERSON
from mastersync.domain.resolution.vocabulary.legal_form_words import without_legal_form
from mastersync.domain.resolution.vocabulary.scripts import fold_name


class SubjectType(StrEnum):
    """As whom the law sees a customer; the store's rules list the same."""

    COMPANY = "company"
    SOLE_TRADER = "sole_trader"  # also a partnership of persons: its owners answer themselves
    INDIVIDUAL = "individual"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a customer is, and how that is known; ``subject_type`` is None in doubt."""

    subject_type: SubjectType | None
    why: str


@dataclass(frozen=True, kw_only=True)
class SubjectSigns:
    """What a client says of its own data: field → values that only sole traders have."""

    sole_trader_codes: Mapping[str, frozenset[str]] = field(default_factory=dict)


# Canonical legal forms of which the owner is the business: e.K., EI, sole proprietor, GbR.
_OWNERS_THEMSELVES: Final = {"ek", "ei", "gp", "gbr"}
_SAYS_LITTLE: Final = {"", "co"}  # "Smith & Co" may be Smith
_TRADES_AS: Final = re.compile(r"(^|\s)(t/a|trading as|d/b/a|dba|doing business as)(\s|$)")
_BETWEEN_WORDS: Final = re.compile(r"[^\w/&+-]+")


def subject_of(
    fields: Mapping[str, str], signs: SubjectSigns, *, said_by_person: bool = False
) -> Subject:
    """Say what a customer is, from its canonical fields.

    A business without a register's number and without a company's legal form in its name may be
    its owner: that is doubtful, and a person tells.

    Args:
        said_by_person: A person has pinned the kind of customer; it is believed.
    """
    kind = fields.get("party_type", "")
    if kind == PERSON:
        return Subject(subject_type=SubjectType.INDIVIDUAL, why="the record says a person")
    if kind != COMPANY:
        return Subject(subject_type=None, why="no record says what kind of customer it is")
    return _business(fields, signs, said_by_person=said_by_person)


def _business(fields: Mapping[str, str], signs: SubjectSigns, *, said_by_person: bool) -> Subject:
    names = [fields[name] for name in ("legal_name", "name") if fields.get(name)]
    forms = {legal_form(name) for name in names} - _SAYS_LITTLE
    trades_as = any(_TRADES_AS.search(name.casefold()) for name in names)
    coded = [name for name, codes in signs.sole_trader_codes.items() if fields.get(name) in codes]
    signs_in_order = (
        (bool(coded), SubjectType.SOLE_TRADER, f"its {', '.join(coded)} says so"),
        (bool(forms & _OWNERS_THEMSELVES), SubjectType.SOLE_TRADER, "the legal form in its name"),
        (said_by_person, SubjectType.COMPANY, "a person said so"),
        (bool(forms), SubjectType.COMPANY, "the legal form in its name"),
        (trades_as, SubjectType.SOLE_TRADER, "somebody trades under its name"),
        (bool(fields.get("registration_number")), SubjectType.COMPANY, "its registration number"),
    )
    for holds, subject_type, why in signs_in_order:
        if holds:
            return Subject(subject_type=subject_type, why=why)
    return Subject(
        subject_type=None,
        why="it has neither a registration number nor a company's legal form in its name",
    )


@lru_cache(maxsize=65536)  # a run asks several times of one customer
def legal_form(name: str) -> str:
    """Return the canonical legal form that a name says; "" for none.

    >>> legal_form("Anna Blum e.K."), legal_form("Harbor Foods, Inc."), legal_form("Smith & Co")
    ('ek', 'inc', 'co')
    """
    plain = _BETWEEN_WORDS.sub(" ", fold_name(name.replace(".", "")))
    return without_legal_form(plain.split())[1]
