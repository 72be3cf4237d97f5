"""Credit agencies: finding a company for nothing, ordering its report for money."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from mastersync.domain.credit.events import AgencyEvent
from mastersync.domain.credit.ledger import LedgerReading
from mastersync.domain.credit.model import AgencyCompany, AgencyReport, CreditSubject


class CompanySearch(Protocol):
    """Finding companies, which costs nothing."""

    def find(self, subject: CreditSubject) -> Sequence[AgencyCompany]:
        """Search for the subject. Best first, empty when there is no such company.

        Raises:
            RetryableError, ConfigError, PermanentError: as for systems.
        """
        ...


class CreditAgency(CompanySearch, Protocol):
    """One agency, with one client's account."""

    @property
    def name(self) -> str:
        """The agency's name in reports and ledgers."""
        ...

    @property
    def has_meter(self) -> bool:
        """Whether its ledger counts units: it says something only beside an earlier reading."""
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

    def read_ledger(self, *, since: datetime, now: datetime) -> LedgerReading:
        """Ask what was charged since then; costs nothing.

        Raises:
            RetryableError, ConfigError, PermanentError: as for systems.
        """
        ...


class AgencyMonitor(Protocol):
    """One list of companies that an agency watches for a client; watching costs nothing here.

    Raises:
        RetryableError, ConfigError, PermanentError: as for systems.
    """

    @property
    def name(self) -> str:
        """The agency's name."""
        ...

    @property
    def watch_list(self) -> str:
        """The agency's name of the list."""
        ...

    def prepare(self, countries: Sequence[str]) -> None:
        """See that the list tells of changes in these countries at all."""
        ...

    def watch(self, company_reference: str, *, our_reference: str) -> None:
        """Have a company watched; one that already is stays so."""
        ...

    def pull(self, *, since: datetime) -> Iterator[Mapping[str, object]]:
        """Yield pages as they came; keep each before asking for the next, it may come only once.

        What came shortly before ``since``, when the last page was kept, comes again.
        """
        ...

    def events_of(self, page: Mapping[str, object]) -> Sequence[AgencyEvent]:
        """Read a page's events.

        Raises:
            PermanentError: It is none of this agency's pages.
        """
        ...
