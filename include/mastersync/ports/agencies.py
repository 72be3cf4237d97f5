"""Credit agencies: finding a company for nothing, ordering its report for money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


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


class CreditAgency(Protocol):
    """One agency, with one client's account."""

    @property
    def name(self) -> str:
        """The agency's name in reports and ledgers."""
        ...

    def find(self, subject: CreditSubject) -> Sequence[AgencyCompany]:
        """Search for the subject; costs nothing. Best first, empty when it knows no such company.

        Raises:
            RetryableError, ConfigError, PermanentError: as for systems.
        """
        ...

    def order(self, company_reference: str, *, our_reference: str) -> AgencyReport:
        """Buy the report. Each call may cost money.

        Raises:
            RetryableError: Surely not ordered.
            UnknownOutcomeError: It may have been ordered and charged.
            PermanentError: Refused, not charged.
            ConfigError: Credentials or rights are wrong.
        """
        ...
