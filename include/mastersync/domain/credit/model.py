"""Whom we ask an agency about, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class CreditSubject:
    """Whom we ask about; values are canonical fields, "" where unknown."""

    customer_id: str
    name: str
    country: str
    registration_number: str = ""
    tax_id: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""


@dataclass(frozen=True, kw_only=True)
class AgencyCompany:
    """A company that the agency offers; ``reference`` is opaque, "" is what it does not say.

    ``confidence`` is the agency's own, from 0 to 1, None where it states none; ``grade`` is how it
    words that (D&B: ``AAAAZAAFZZZ``).
    """

    reference: str
    name: str
    registration_number: str
    is_active: bool
    tax_id: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    confidence: Decimal | None = None
    grade: str = ""


@dataclass(frozen=True, kw_only=True)
class AgencyReport:
    """A report. ``credit_limit`` is None when the agency gives words instead of a number.

    ``rating`` and ``score`` keep the agency's own scale, which ``scale`` names with the best end
    ("1 (best) to 5"), and ``model`` the model that scored: scores of two agencies or two models are
    never compared. ``is_complete`` is false when sections, which ``missing`` names, failed:
    nothing may be decided on it.
    """

    company_reference: str
    order_reference: str
    rating: str
    score: str
    credit_limit: Decimal | None
    currency: str
    registration_number: str
    is_complete: bool
    payload: Mapping[str, object]
    scale: str = ""
    model: str = ""
    scored_on: date | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LastReport:
    """The newest report held for a customer.

    ``asked_limit`` and ``exposure`` are what the limit asked for and the exposure were when it was
    ordered, None where that was not noted.
    """

    report_id: int
    ordered_at: datetime
    valid_until: datetime
    asked_limit: Decimal | None = None
    exposure: Decimal | None = None
