"""Whom we ask an agency about, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class CreditSubject:
    """Whom we ask about; values are canonical fields, "" where unknown."""

    customer_id: str
    name: str
    country: str
    registration_number: str = ""
    tax_id: str = ""
    city: str = ""
    postcode: str = ""


@dataclass(frozen=True, kw_only=True)
class AgencyCompany:
    """A company that the agency offers; ``reference`` is opaque."""

    reference: str
    name: str
    registration_number: str
    is_active: bool


@dataclass(frozen=True, kw_only=True)
class AgencyReport:
    """A report. ``credit_limit`` is None when the agency gives words instead of a number.

    ``rating`` and ``score`` keep the agency's own scale. ``is_complete`` is false when sections
    failed: nothing may be decided on it.
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


@dataclass(frozen=True, kw_only=True)
class LastReport:
    """The newest report held for a customer."""

    report_id: int
    ordered_at: datetime
    valid_until: datetime
