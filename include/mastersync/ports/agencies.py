"""Credit agencies: finding a company for nothing, ordering its report for money."""

from collections.abc import Sequence
from typing import Protocol

from mastersync.domain.credit.model import AgencyCompany, AgencyReport, CreditSubject


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
