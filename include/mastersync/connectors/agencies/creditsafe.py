"""Creditsafe Connect: search for nothing, order for a report unit.

Wire format: Creditsafe Connect API 1.10.9. There is no idempotency key: an order of unknown
outcome may have been charged. What was used is a meter without references.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from urllib.parse import quote

from mastersync.connectors.agencies.answers import (
    checked_order,
    company_of,
    no_report,
    report_of,
)
from mastersync.connectors.agencies.creditsafe_options import CreditsafeOptions
from mastersync.connectors.agencies.report_paths import CompanyPaths, ReportPaths, text_at
from mastersync.connectors.agencies.tokens import LogIn, Tokens
from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_answers import Answer
from mastersync.connectors.json_paths import value_at
from mastersync.domain.credit.agencies import CREDITSAFE
from mastersync.domain.credit.ledger import LedgerReading
from mastersync.domain.credit.model import AgencyCompany, AgencyReport, CreditSubject
from mastersync.ports.connections import ConnectionDetails
from mastersync.ports.tokens import TokenShelf

_RATING = "report.creditScore.currentCreditRating"
_SUMMARY = "report.companySummary.creditRating"
REPORT: Final = ReportPaths(
    company=("companyId", "report.companyId"),
    order=("orderId",),
    rating=(f"{_RATING}.commonValue", f"{_SUMMARY}.commonValue"),
    score=(f"{_RATING}.providerValue.value", f"{_SUMMARY}.providerValue.value"),
    limit=(f"{_RATING}.creditLimit.value", f"{_SUMMARY}.creditLimit.value"),
    currency=(f"{_RATING}.creditLimit.currency", f"{_SUMMARY}.creditLimit.currency"),
    registration_number=("report.companySummary.companyRegistrationNumber",),
    model=(),
    scored_on=("report.creditScore.latestRatingChangeDate",),
)
COMPANY: Final = CompanyPaths(
    reference=("id",),
    name=("name",),
    registration_number=("regNo",),
    tax_id=("vatNo.0", "vatNo"),
    street=("address.street", "address.simpleValue"),
    city=("address.city",),
    postcode=("address.postCode",),
    country=("country",),
)
_LOWEST = (f"{_RATING}.providerValue.minValue", f"{_SUMMARY}.providerValue.minValue")
_HIGHEST = (f"{_RATING}.providerValue.maxValue", f"{_SUMMARY}.providerValue.maxValue")
_QUOTAS = "countryAccess.creditsafeConnectOnlineReports"
_MODEL = "Creditsafe score of the company's country"  # none is stated
_HOUR = timedelta(hours=1)


class Creditsafe:
    """Implements ``ports.CreditAgency``. ``api`` is made with ``Auth.NONE``: tokens are ours."""

    def __init__(
        self,
        api: HttpApi,
        connection: ConnectionDetails,
        options: CreditsafeOptions,
        *,
        shelf: TokenShelf | None = None,
    ) -> None:
        self._api = api
        self._options = options
        self.tokens = Tokens(api, creditsafe_log_in(connection), shelf)

    @property
    def name(self) -> str:
        return CREDITSAFE

    @property
    def has_meter(self) -> bool:
        return True

    def find(self, subject: CreditSubject) -> Sequence[AgencyCompany]:
        """Search by registration number, then tax number, then name and postcode; see the port."""
        for query in _queries(subject):
            answer = self.tokens.using(partial(self._search, query))
            companies = value_at(answer.body, "companies")
            if isinstance(companies, list) and companies:
                found = [company for item in companies if (company := _company(item))]
                return sorted(found, key=lambda company: _rank(company, subject))
        return []

    def order(self, company_reference: str, *, our_reference: str) -> AgencyReport:
        """Buy the report; see the port."""
        parameters = {
            "language": self._options.language,
            "template": self._options.template,
            "callRef": our_reference,
        }
        country = company_reference.partition("-")[0]
        if country in self._options.custom_data:
            parameters["customData"] = self._options.custom_data[country]
        path = f"/companies/{quote(company_reference, safe='')}"
        answer = self.tokens.using(partial(self._order, path, parameters))
        return _report(answer, company_reference, our_reference)

    def read_ledger(self, *, since: datetime, now: datetime) -> LedgerReading:
        """Read the meter of all countries; see the port."""
        answer = self.tokens.using(lambda headers: self._api.read("/access", headers=headers))
        return LedgerReading(read_at=now, used_units=used_units(answer))

    def _search(self, query: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        return self._api.read("/companies", params=query, headers=headers)

    def _order(
        self, path: str, parameters: Mapping[str, str], headers: Mapping[str, str]
    ) -> Answer:
        answer = self._api.send("GET", path, params=parameters, headers=headers)
        return checked_order(answer, "Creditsafe")


def creditsafe_log_in(connection: ConnectionDetails) -> LogIn:
    """Return how the account's token is got."""
    return LogIn(
        path="/authenticate",
        document={"username": connection.login, "password": connection.password},
        headers={},
        token_path="token",  # noqa: S106 (a path)
        lasts=_HOUR,
    )


def used_units(answer: Answer) -> int | None:
    """Return the units used of all countries together, None when the account shows none."""
    quotas = value_at(answer.body, _QUOTAS)
    if not isinstance(quotas, list):
        return None
    used = [value_at(quota, "used") for quota in quotas]
    return sum(units for units in used if isinstance(units, int))


def _queries(subject: CreditSubject) -> Iterator[dict[str, str]]:
    """The searches, surest first; country must be known, since numbers repeat across borders."""
    if not subject.country:
        return
    country = {"countries": subject.country, "pageSize": "50"}
    if subject.registration_number:
        yield {**country, "regNo": subject.registration_number}
    if subject.tax_id:
        yield {**country, "vatNo": subject.tax_id}
    if subject.name and subject.postcode:
        yield {**country, "name": subject.name, "postCode": subject.postcode}


def _company(item: object) -> AgencyCompany | None:
    return company_of(item, COMPANY, is_active=value_at(item, "status") == "Active")


def _rank(company: AgencyCompany, subject: CreditSubject) -> tuple[bool, bool]:
    wanted = subject.registration_number
    is_exact = bool(wanted) and company.registration_number.casefold() == wanted.casefold()
    return not is_exact, not company.is_active


def _report(answer: Answer, company_reference: str, our_reference: str) -> AgencyReport:
    body = answer.body
    if not isinstance(body, Mapping) or not isinstance(body.get("report"), Mapping):
        raise no_report("Creditsafe")
    failed = body.get("failedSections")
    lowest, highest = text_at(body, _LOWEST) or "1", text_at(body, _HIGHEST) or "100"
    return report_of(
        body,
        REPORT,
        asked_for=company_reference,
        our_reference=our_reference,
        scale=f"{lowest} to {highest} (best)",
        missing=[str(section) for section in failed] if isinstance(failed, list) else [],
        model=_MODEL,
    )
