"""Where an agency's answers hold what a report says: one table of paths an agency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

Paths = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReportPaths:
    """Dotted paths, numbers for places in lists; of several the first that holds something."""

    company: Paths
    order: Paths
    rating: Paths
    score: Paths
    limit: Paths
    currency: Paths
    registration_number: Paths
    model: Paths
    scored_on: Paths


@dataclass(frozen=True, kw_only=True)
class CompanyPaths:
    """The same for one company of a search."""

    reference: Paths
    name: Paths
    registration_number: Paths
    tax_id: Paths
    street: Paths
    city: Paths
    postcode: Paths
    country: Paths


def first_at(document: object, paths: Paths) -> object:
    """The first of the paths that holds something, else None.

    >>> first_at({"numbers": [{"value": "7"}]}, ("number", "numbers.0.value"))
    '7'
    """
    for path in paths:
        found = document
        for name in path.split("."):
            found = _step(found, name)
        if found not in (None, "", [], {}):
            return found
    return None


def text_at(document: object, paths: Paths) -> str:
    """The same as text, "" for nothing, and for what is no single value."""
    found = first_at(document, paths)
    return "" if found is None or isinstance(found, dict | list) else str(found)


def amount(value: object) -> Decimal | None:
    """A limit in figures; None when the agency says it in words ("No Limit", "Not Rated").

    >>> amount("45,000"), amount(45000), amount("No Limit"), amount("NaN")
    (Decimal('45000'), Decimal('45000'), None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    try:
        figure = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None


def day(text: str) -> date | None:
    """The day of an ISO date or time, None for anything else.

    >>> day("2026-09-30T00:00:00Z"), day("soon")
    (datetime.date(2026, 9, 30), None)
    """
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _step(found: object, name: str) -> object:
    if isinstance(found, Mapping):
        return found.get(name)
    is_place = isinstance(found, Sequence) and not isinstance(found, str) and name.isdigit()
    if is_place and int(name) < len(found):  # type: ignore[arg-type]
        return found[int(name)]  # type: ignore[index]
    return None
