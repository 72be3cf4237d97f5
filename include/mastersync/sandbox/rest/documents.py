"""Customers as JSON documents: dotted paths, partial updates, and what a system refuses."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import cast

import pycountry

from mastersync.sandbox.rest.systems import RestSystem, Rule

Document = dict[str, object]

_LONGEST_NAME = 80
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_COUNTRIES = frozenset(country.alpha_2 for country in pycountry.countries)


def leaves(document: Document, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yields: every value with its dotted path."""
    for key, value in document.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from leaves(cast(Document, value), f"{path}.")
        else:
            yield path, value


def nested(flat: dict[str, object]) -> Document:
    """Build the document that has these dotted paths."""
    document: Document = {}
    for path, value in flat.items():
        *parents, last = path.split(".")
        place = document
        for parent in parents:
            place = cast(Document, place.setdefault(parent, {}))
        place[last] = value
    return document


def merged(document: Document, changes: Document) -> Document:
    """Returns: a new document in which what ``changes`` leaves out stays as it is."""
    result = dict(document)
    for key, value in changes.items():
        old = result.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            result[key] = merged(cast(Document, old), cast(Document, value))
        else:
            result[key] = value
    return result


def altered(system: RestSystem, changes: Document) -> Document:
    """What the system stores when it is given ``changes``."""
    return nested({path: system.alter(path, value) for path, value in leaves(changes)})


def refusals(system: RestSystem, changes: Document, *, creating: bool) -> list[dict[str, str]]:
    """Returns: one entry a refused field, as the 422 body lists them; empty when all is well."""
    flat = dict(leaves(changes))
    found = [
        {"field": path, "code": code, "message": message}
        for path, value in flat.items()
        if (problem := _problem(system, path, value))
        for code, message in (problem,)
    ]
    if creating and system.name_path not in flat:
        found.append(
            {"field": system.name_path, "code": "required", "message": "must be given"},
        )
    return found


def _problem(system: RestSystem, path: str, value: object) -> tuple[str, str] | None:
    rule = system.fields.get(path)
    if rule is None:
        return "unknown_field", "this system has no such field"
    if rule is Rule.NAME and (not isinstance(value, str) or not value.strip()):
        return "required", "must not be empty"
    if value is None or value == "":
        return None
    if rule is Rule.NUMBER:
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        return None if numeric else ("invalid", "must be a number")
    if not isinstance(value, str):
        return "invalid", "must be a text"
    return _text_problem(system, rule, value)


def _text_problem(system: RestSystem, rule: Rule, value: str) -> tuple[str, str] | None:
    if rule is Rule.NAME and len(value) > _LONGEST_NAME:
        return "too_long", f"must have at most {_LONGEST_NAME} characters"
    if rule is Rule.TERMS and value not in system.payment_terms:
        return "unknown_code", "is not in the table of payment terms"
    if rule is Rule.COUNTRY and value not in _COUNTRIES:
        return "unknown_code", "is not an ISO 3166-1 alpha-2 code"
    if rule is Rule.EMAIL and not _EMAIL.fullmatch(value):
        return "invalid", "is not an e-mail address"
    if rule is Rule.MONEY_TEXT and not _is_money(value):
        return "invalid", "must be a decimal number of zero or more"
    return None


def _is_money(value: str) -> bool:
    try:
        return Decimal(value) >= 0
    except InvalidOperation:
        return False
