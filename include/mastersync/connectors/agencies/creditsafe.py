"""Creditsafe Connect: search for nothing, order for a report unit.

Wire format: Creditsafe Connect API 1.10.9. There is no idempotency key: an order of unknown
outcome may have been charged.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from mastersync.connectors.agencies.creditsafe_options import CreditsafeOptions
from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_answers import AccessRefused, Answer, refusal
from mastersync.connectors.json_paths import value_at
from mastersync.domain.credit.model import AgencyCompany, AgencyReport, CreditSubject
from mastersync.errors import ConfigError, PermanentError, RetryableError, UnknownOutcomeError
from mastersync.ports.connections import ConnectionDetails

_RATING = "report.creditScore.currentCreditRating"
_SUMMARY_RATING = "report.companySummary.creditRating"


class Creditsafe:
    """Implements ``ports.CreditAgency``. ``api`` is made with ``Auth.NONE``: tokens are ours."""

    def __init__(
        self, api: HttpApi, connection: ConnectionDetails, options: CreditsafeOptions
    ) -> None:
        self._api = api
        self._options = options
        self._tokens = _Tokens(api, connection)

    @property
    def name(self) -> str:
        return "creditsafe"

    def find(self, subject: CreditSubject) -> Sequence[AgencyCompany]:
        """Search by registration number, then tax number, then name and postcode; see the port."""
        for query in _queries(subject):
            answer = self._with_token(partial(self._search, query))
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
        answer = self._with_token(partial(self._order, path, parameters))
        return _report(answer, company_reference, our_reference)

    def _search(self, query: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        return self._api.read("/companies", params=query, headers=headers)

    def _order(
        self, path: str, parameters: Mapping[str, str], headers: Mapping[str, str]
    ) -> Answer:
        answer = self._api.send("GET", path, params=parameters, headers=headers)
        if answer.is_success:
            return answer
        error = refusal(answer)
        if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}:
            raise PermanentError(
                f"Creditsafe has no report on this company ({answer.status}); none was charged.",
                next_step="Search for the company again, or ask another agency.",
            ) from error
        raise error

    def _with_token(self, ask: Callable[[Mapping[str, str]], Answer]) -> Answer:
        """Ask; a token that has run out is fetched anew once. A second refusal stands."""
        token = self._tokens.get()
        try:
            return ask({"Authorization": f"Bearer {token}"})
        except AccessRefused as error:
            if error.status != HTTPStatus.UNAUTHORIZED:
                raise
            token = self._tokens.renew(token)
        return ask({"Authorization": f"Bearer {token}"})


class _Tokens:
    """The account's token, shared by all threads: five wrong log-ins lock the account out."""

    def __init__(self, api: HttpApi, connection: ConnectionDetails) -> None:
        self._api = api
        self._connection = connection
        self._token = ""
        self._refused: ConfigError | None = None
        self._lock = threading.Lock()

    def get(self) -> str:
        with self._lock:
            return self._token or self._fetch()

    def renew(self, refused: str) -> str:
        """Returns: a token other than the refused one."""
        with self._lock:
            return self._fetch() if self._token == refused else self._token

    def _fetch(self) -> str:
        if self._refused is not None:
            raise self._refused
        self._token = ""
        try:
            answer = self._api.send(
                "POST",
                "/authenticate",
                document={
                    "username": self._connection.login,
                    "password": self._connection.password,
                },
            )
        except UnknownOutcomeError as error:
            raise RetryableError(
                "Creditsafe did not answer the log-in. Nothing was ordered.",
                next_step="It is tried again later.",
            ) from error
        token = value_at(answer.body, "token")
        if answer.is_success and isinstance(token, str) and token:
            self._token = token
            return token
        if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            self._refused = AccessRefused(answer)
            raise self._refused
        raise refusal(answer)


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
    reference = value_at(item, "id")
    if not isinstance(reference, str) or not reference:
        return None
    return AgencyCompany(
        reference=reference,
        name=_text(value_at(item, "name")),
        registration_number=_text(value_at(item, "regNo")),
        is_active=value_at(item, "status") == "Active",
    )


def _rank(company: AgencyCompany, subject: CreditSubject) -> tuple[bool, bool]:
    wanted = subject.registration_number
    is_exact = bool(wanted) and company.registration_number.casefold() == wanted.casefold()
    return not is_exact, not company.is_active


def _report(answer: Answer, company_reference: str, our_reference: str) -> AgencyReport:
    body = answer.body
    if not isinstance(body, Mapping) or not isinstance(body.get("report"), Mapping):
        raise UnknownOutcomeError(
            "Creditsafe answered the order without a report; a unit may have been charged.",
            next_step="Compare the units used in the account with the orders of the day.",
        )
    rating = value_at(body, _RATING) or value_at(body, _SUMMARY_RATING)
    limit = value_at(rating, "creditLimit.value")
    number = value_at(body, "report.companySummary.companyRegistrationNumber")
    answered_for = _text(body.get("companyId")) or _text(value_at(body, "report.companyId"))
    return AgencyReport(
        company_reference=answered_for or company_reference,
        order_reference=_text(body.get("orderId")) or our_reference,
        rating=_text(value_at(rating, "commonValue")),
        score=_text(value_at(rating, "providerValue.value")),
        credit_limit=_amount(limit),
        currency=_text(value_at(rating, "creditLimit.currency")),
        registration_number=_text(number),
        is_complete=not body.get("failedSections") and answered_for in {"", company_reference},
        payload=body,
    )


def _amount(value: object) -> Decimal | None:
    """A limit in figures; None when the agency says it in words ("No Limit", "Not Rated").

    >>> _amount("45,000"), _amount(45000), _amount("No Limit"), _amount("NaN")
    (Decimal('45000'), Decimal('45000'), None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    try:
        amount = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _text(value: object) -> str:
    return "" if value is None else str(value)
