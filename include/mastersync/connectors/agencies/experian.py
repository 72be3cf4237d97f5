"""Experian Business (US): search for nothing, order scores for money.

Wire format: Experian Business Information API v1. Everything is a POST; a refusal may come with
200 and ``success: false``. There is no idempotency key: an order of unknown outcome may have been
charged; ``comments`` names it in the bill. A BIN is text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Final

from mastersync.connectors.agencies.answers import (
    checked_order,
    company_of,
    no_report,
    report_of,
)
from mastersync.connectors.agencies.experian_options import ExperianOptions
from mastersync.connectors.agencies.report_paths import CompanyPaths, ReportPaths, text_at
from mastersync.connectors.agencies.statements import ChargePaths, charges_of
from mastersync.connectors.agencies.tokens import LogIn, Tokens
from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_answers import Answer, refusal
from mastersync.connectors.json_paths import value_at
from mastersync.domain.credit.agencies import EXPERIAN
from mastersync.domain.credit.ledger import LedgerReading
from mastersync.domain.credit.model import AgencyCompany, AgencyReport, CreditSubject
from mastersync.errors import RetryableError, UnknownOutcomeError
from mastersync.ports.connections import ConnectionDetails
from mastersync.ports.tokens import TokenShelf

_SCORE = "results.scoreInformation.commercialScore"
REPORT: Final = ReportPaths(
    company=("results.businessHeader.bin",),
    order=("requestId",),
    rating=(f"{_SCORE}.riskClass.definition", f"{_SCORE}.riskClass.code"),
    score=(f"{_SCORE}.score",),
    limit=(f"{_SCORE}.recommendedCreditLimitAmount",),
    currency=(),
    registration_number=(),
    model=(f"{_SCORE}.modelTitle", f"{_SCORE}.modelCode"),
    scored_on=(f"{_SCORE}.scoreDate",),
)
COMPANY: Final = CompanyPaths(
    reference=("bin",),
    name=("businessName",),
    registration_number=(),
    tax_id=(),
    street=("address.street",),
    city=("address.city",),
    postcode=("address.zip",),
    country=(),
)
CHARGE: Final = ChargePaths(
    charges="results",
    since="from",
    charge_id="id",
    company="bin",
    our_reference="comments",
    charged_at="billedAt",
    units="calls",
)
_MODEL_CODE = (f"{_SCORE}.modelCode",)
_TITLE = (f"{_SCORE}.modelTitle",)
_HALF_AN_HOUR = timedelta(minutes=30)
_BUSINESSES = "/businessinformation/businesses/v1"
_US = "US"
_DOLLARS = "USD"  # not stated: its register is of the US


class Experian:
    """Implements ``ports.CreditAgency``. ``api`` is made with ``Auth.NONE``: tokens are ours."""

    def __init__(
        self,
        api: HttpApi,
        connection: ConnectionDetails,
        options: ExperianOptions,
        *,
        shelf: TokenShelf | None = None,
    ) -> None:
        self._api = api
        self._options = options
        self.tokens = Tokens(api, experian_log_in(connection), shelf)

    @property
    def name(self) -> str:
        return EXPERIAN

    @property
    def has_meter(self) -> bool:
        return False

    def find(self, subject: CreditSubject) -> Sequence[AgencyCompany]:
        """Search by name and address, the most reliable first; see the port."""
        if subject.country != _US or not subject.name or not subject.city:
            return []
        asked = {
            "name": subject.name,
            "street": subject.street,
            "city": subject.city,
            "zip": subject.postcode,
            "taxId": subject.tax_id,
            "subcode": self._options.subcode,
            "geo": True,
        }
        document = {name: value for name, value in asked.items() if value}
        answer = self.tokens.using(partial(self._search, document))
        results = value_at(answer.body, "results")
        items = results if isinstance(results, list) else []
        found = [company for item in items if (company := _company(item))]
        return sorted(found, key=lambda company: -(company.confidence or Decimal(0)))

    def order(self, company_reference: str, *, our_reference: str) -> AgencyReport:
        """Buy the scores; see the port."""
        document: dict[str, object] = {
            "bin": company_reference,
            "subcode": self._options.subcode,
            "modelCode": self._options.model_code,
            "commercialScore": True,
            "fsrScore": True,
            "comments": our_reference,
        }
        answer = self.tokens.using(partial(self._order, document))
        body = answer.body
        is_report = isinstance(body, Mapping) and isinstance(body.get("results"), Mapping)
        if not isinstance(body, Mapping) or not is_report or body.get("success") is False:
            raise no_report("Experian")
        report = report_of(
            body,
            REPORT,
            asked_for=company_reference,
            our_reference=our_reference,
            scale=_scale(text_at(body, _TITLE)),
            missing=self._missing(body, our_reference),
        )
        return replace(report, currency=_DOLLARS if report.credit_limit is not None else "")

    def read_ledger(self, *, since: datetime, now: datetime) -> LedgerReading:
        """Read the statement, where the contract gives one; see the port."""
        path = self._options.statement_path
        if path is None:
            return LedgerReading(read_at=now)
        query = {CHARGE.since: since.isoformat(), "subcode": self._options.subcode}
        answer = self.tokens.using(
            lambda headers: self._api.read(path, params=query, headers=headers)
        )
        return LedgerReading(read_at=now, charges=charges_of(answer.body, CHARGE))

    def _search(self, document: Mapping[str, object], headers: Mapping[str, str]) -> Answer:
        try:
            answer = self._api.send(
                "POST", f"{_BUSINESSES}/search", document=document, headers=headers
            )
        except UnknownOutcomeError as error:  # a search costs nothing
            raise _search_failed() from error
        if not answer.is_success:
            raise refusal(answer)
        if value_at(answer.body, "success") is False:
            raise _search_failed()
        return answer

    def _order(self, document: Mapping[str, object], headers: Mapping[str, str]) -> Answer:
        path = f"{_BUSINESSES}/scores"
        answer = self._api.send("POST", path, document=document, headers=headers)
        return checked_order(answer, "Experian")

    def _missing(self, body: Mapping[str, object], our_reference: str) -> list[str]:
        """Name what did not come: the score, the model that was asked for, or our own answer."""
        missing = []
        model = text_at(body, _MODEL_CODE)
        if not isinstance(value_at(body, _SCORE), Mapping):
            missing.append("commercialScore")
        elif model != self._options.model_code:
            missing.append(f"commercialScore of model {self._options.model_code}")
        if body.get("comments") not in {None, "", our_reference}:
            missing.append("the answer to this order")
        return missing


def experian_log_in(connection: ConnectionDetails) -> LogIn:
    """Return how the account's token is got; the program's own id and secret are in ``extra``."""
    return LogIn(
        path="/oauth2/v1/token",
        document={"username": connection.login, "password": connection.password},
        headers={
            "client_id": str(connection.extra.get("client_id", "")),
            "client_secret": str(connection.extra.get("client_secret", "")),
            "grant_type": "password",
        },
        token_path="access_token",  # noqa: S106 (a path)
        lasts=_HALF_AN_HOUR,
        lasts_path="expires_in",
    )


def _company(item: object) -> AgencyCompany | None:
    reliability = value_at(item, "reliabilityCode")
    is_number = isinstance(reliability, int | float) and not isinstance(reliability, bool)
    company = company_of(
        item,
        COMPANY,
        is_active=True,  # a search lists no others
        confidence=Decimal(str(reliability)) / 100 if is_number else None,
        grade=str(reliability) if is_number else "",
    )
    return None if company is None else replace(company, country=_US)


def _scale(title: str) -> str:
    """Name the scale of a model; "" for one that nobody has looked up."""
    if "V3" in title:
        return "300 to 850 (best)"
    return "0 to 100 (best)" if "V2" in title else ""


def _search_failed() -> RetryableError:
    return RetryableError(
        "Experian could not search. Nothing was ordered.",
        next_step="It is tried again later.",
    )
