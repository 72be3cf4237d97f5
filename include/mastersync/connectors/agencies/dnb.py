"""D&B Direct+: match for nothing, order data blocks for money.

Wire format: D&B Direct+ match v1, data blocks v1, token v3. There is no idempotency key: an order
of unknown outcome may have been charged; ``customerReference`` names it in the bill. A D-U-N-S
number is text: it may begin with zeros.
"""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from mastersync.connectors.agencies.answers import (
    checked_order,
    company_of,
    no_report,
    report_of,
)
from mastersync.connectors.agencies.dnb_options import DnbOptions
from mastersync.connectors.agencies.report_paths import CompanyPaths, ReportPaths
from mastersync.connectors.agencies.statements import ChargePaths, charges_of
from mastersync.connectors.agencies.tokens import LogIn, Tokens
from mastersync.connectors.http import HttpApi
from mastersync.connectors.http_answers import Answer, refusal
from mastersync.connectors.json_paths import value_at
from mastersync.domain.credit.agencies import DNB
from mastersync.domain.credit.ledger import LedgerReading
from mastersync.domain.credit.model import AgencyCompany, AgencyReport, CreditSubject
from mastersync.ports.connections import ConnectionDetails
from mastersync.ports.tokens import TokenShelf

_ASSESSMENT = "organization.dnbAssessment"
_LIMIT = f"{_ASSESSMENT}.creditLimitRecommendation.maximumRecommendedLimit"
REPORT: Final = ReportPaths(
    company=("organization.duns",),
    order=("transactionDetail.transactionID",),
    rating=(f"{_ASSESSMENT}.standardRating.rating",),
    score=(f"{_ASSESSMENT}.failureScore.classScore",),
    limit=(f"{_LIMIT}.value",),
    currency=(f"{_LIMIT}.currency",),
    registration_number=("organization.registrationNumbers.0.registrationNumber",),
    model=(f"{_ASSESSMENT}.failureScore.scoreModel.description",),
    scored_on=(
        f"{_ASSESSMENT}.failureScore.scoreDate",
        f"{_ASSESSMENT}.standardRating.scoreDate",
    ),
)
COMPANY: Final = CompanyPaths(
    reference=("organization.duns",),
    name=("organization.primaryName",),
    registration_number=("organization.registrationNumbers.0.registrationNumber",),
    tax_id=(),
    street=("organization.primaryAddress.streetAddress.line1",),
    city=("organization.primaryAddress.addressLocality.name",),
    postcode=("organization.primaryAddress.postalCode",),
    country=("organization.primaryAddress.addressCountry.isoAlpha2Code",),
)
CHARGE: Final = ChargePaths(
    charges="usage",
    since="startDate",
    charge_id="usageID",
    company="duns",
    our_reference="customerReference",
    charged_at="usageTimestamp",
    units="units",
)
_STATUS = "organization.dunsControlStatus.operatingStatus.dnbCode"
_ACTIVE = 9074
_QUALITY = "matchQualityInformation"
_SCALE = "1 (best) to 5"
_MODEL = "D&B Failure Score"
_DAY = timedelta(days=1)


class Dnb:
    """Implements ``ports.CreditAgency``. ``api`` is made with ``Auth.NONE``: tokens are ours."""

    def __init__(
        self,
        api: HttpApi,
        connection: ConnectionDetails,
        options: DnbOptions,
        *,
        shelf: TokenShelf | None = None,
    ) -> None:
        self._api = api
        self._options = options
        self.tokens = Tokens(api, dnb_log_in(connection), shelf)

    @property
    def name(self) -> str:
        return DNB

    @property
    def has_meter(self) -> bool:
        return False

    def find(self, subject: CreditSubject) -> Sequence[AgencyCompany]:
        """Match by all that is known, best first; no candidate is a 404. See the port."""
        if not subject.country or not (subject.name or subject.registration_number):
            return []
        answer = self.tokens.using(partial(self._match, _query(subject)))
        candidates = value_at(answer.body, "matchCandidates")
        if answer.status == HTTPStatus.NOT_FOUND or not isinstance(candidates, list):
            return []
        return [company for item in candidates if (company := _company(item))]

    def order(self, company_reference: str, *, our_reference: str) -> AgencyReport:
        """Buy the data blocks; see the port."""
        path = f"/v1/data/duns/{quote(company_reference, safe='')}"
        parameters = {
            "blockIDs": ",".join(self._options.blocks),
            "customerReference": our_reference,
        }
        answer = self.tokens.using(partial(self._order, path, parameters))
        body = answer.body
        if not isinstance(body, Mapping) or not isinstance(body.get("organization"), Mapping):
            raise no_report("D&B")
        return report_of(
            body,
            REPORT,
            asked_for=company_reference,
            our_reference=our_reference,
            scale=_SCALE,
            missing=_missing(body, self._options.blocks),
            model=_MODEL,
        )

    def read_ledger(self, *, since: datetime, now: datetime) -> LedgerReading:
        """Read the statement, where the contract gives one; see the port."""
        path = self._options.statement_path
        if path is None:
            return LedgerReading(read_at=now)
        query = {CHARGE.since: since.isoformat()}
        answer = self.tokens.using(
            lambda headers: self._api.read(path, params=query, headers=headers)
        )
        return LedgerReading(read_at=now, charges=charges_of(answer.body, CHARGE))

    def _match(self, query: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        no_match = frozenset({HTTPStatus.NOT_FOUND})
        path = "/v1/match/cleanseMatch"
        answer = self._api.read(path, params=query, headers=headers, accepted=no_match)
        if answer.is_success or value_at(answer.body, "error.errorCode") is not None:
            return answer
        raise refusal(answer)  # a wrong address, not a company that is not known

    def _order(
        self, path: str, parameters: Mapping[str, str], headers: Mapping[str, str]
    ) -> Answer:
        answer = self._api.send("GET", path, params=parameters, headers=headers)
        return checked_order(answer, "D&B")


def dnb_log_in(connection: ConnectionDetails) -> LogIn:
    """Return how the account's token is got."""
    secret = base64.b64encode(f"{connection.login}:{connection.password}".encode()).decode()
    return LogIn(
        path="/v3/token",
        document={"grant_type": "client_credentials"},
        headers={"Authorization": f"Basic {secret}"},
        token_path="access_token",  # noqa: S106 (a path)
        lasts=_DAY,
        lasts_path="expiresIn",
    )


def _query(subject: CreditSubject) -> dict[str, str]:
    asked = {
        "countryISOAlpha2Code": subject.country,
        "name": subject.name,
        "streetAddressLine1": subject.street,
        "addressLocality": subject.city,
        "postalCode": subject.postcode,
        "registrationNumber": subject.registration_number,
        "candidateMaximumQuantity": "10",
        "confidenceLowerLevelThresholdValue": "4",
    }
    return {name: value for name, value in asked.items() if value}


def _company(item: object) -> AgencyCompany | None:
    confidence = value_at(item, f"{_QUALITY}.confidenceCode")
    grade = value_at(item, f"{_QUALITY}.matchGrade")
    return company_of(
        item,
        COMPANY,
        is_active=value_at(item, _STATUS) == _ACTIVE,
        confidence=Decimal(confidence) / 10 if isinstance(confidence, int) else None,
        grade=grade if isinstance(grade, str) else "",
    )


def _missing(body: Mapping[str, object], wanted: Sequence[str]) -> list[str]:
    """Name the blocks that did not come: a 200 may hold only some."""
    entries = body.get("blockStatus")
    status = {
        value_at(entry, "blockID"): str(value_at(entry, "status")).casefold()
        for entry in (entries if isinstance(entries, list) else [])
    }
    return [block for block in wanted if status.get(block) != "ok"]
