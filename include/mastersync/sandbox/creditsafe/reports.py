"""The bodies of search results and reports, the same for a company every time."""

import sqlite3
from typing import Any

from mastersync.sandbox.seed.countries import CURRENCIES
from mastersync.sandbox.seed.records import number
from mastersync.sandbox.standing import is_active, limit, score

_BANDS = ((71, "A", "Very Low Risk"), (51, "B", "Low Risk"), (30, "C", "Moderate Risk"))
_HIGH = ("D", "High Risk")
_NOT_RATED = ("E", "Not Rated")


def summary(company: sqlite3.Row) -> dict[str, object]:
    """Returns: one entry of a search result."""
    return {
        "id": company["id"],
        "country": company["country"],
        "regNo": company["reg_no"],
        "vatNo": [company["vat_no"]] if company["vat_no"] else [],
        "safeNo": _safe_number(company),
        "name": company["name"],
        "address": _address(company),
        "status": "Active" if is_active(company) else "NonActive",
        "type": "Ltd",
        "dateOfLatestAccounts": "2025-12-31T00:00:00Z",
        "dateOfLatestChange": "2026-10-02T00:00:00Z",
        "activityCode": "46900",
    }


def report(company: sqlite3.Row, *, order_id: int, at: str, language: str) -> dict[str, object]:
    """Returns: a full report; of some companies a section failed or nothing is rated."""
    rating = _rating(company)
    incomplete = company["kind"] == "incomplete"
    status = "Active" if is_active(company) else "NonActive"
    body: dict[str, Any] = {
        "companyId": company["id"],
        "language": language,
        "companySummary": {
            "businessName": company["name"],
            "country": company["country"],
            "companyNumber": _safe_number(company),
            "companyRegistrationNumber": company["reg_no"],
            "mainActivity": {"code": "4690", "description": "Non-specialised wholesale trade"},
            "companyStatus": {"status": status, "description": status},
            "latestTurnoverFigure": _money(company, 40 * limit(company)),
            "latestShareholdersEquityFigure": _money(company, 6 * limit(company)),
            "creditRating": rating,
        },
        "creditScore": {
            "currentCreditRating": {**rating, "pod": round(20 / score(company), 2)},
            "currentContractLimit": _money(company, 2 * limit(company)),
            "previousCreditRating": {"commonValue": "C"},
            "latestRatingChangeDate": "2026-09-30T00:00:00Z",
        },
        "companyIdentification": {
            "basicInformation": {
                "businessName": company["name"],
                "registeredCompanyName": company["name"],
                "companyRegistrationNumber": company["reg_no"],
                "country": company["country"],
                "vatRegistrationNumber": company["vat_no"],
                "legalForm": {"description": "Private limited company"},
                "companyStatus": {"status": status},
                "contactAddress": _address(company),
            }
        },
        "contactInformation": {},
        "negativeInformation": {},
        "paymentData": {},
        "directors": {},
        "groupStructure": {},
        "financialStatements": [],
        "localFinancialStatements": [],
        "additionalInformation": {},
    }
    if incomplete:
        del body["creditScore"]
        del body["companySummary"]["creditRating"]
    return {
        "orderId": str(order_id),
        "companyId": company["id"],
        "dateOfOrder": at,
        "language": language,
        "userId": "101",
        "failedSections": ["creditScore", "financialStatements"] if incomplete else [],
        "report": body,
    }


def _rating(company: sqlite3.Row) -> dict[str, object]:
    limit_said, score_said = str(limit(company)), str(score(company))
    letter, words = next(
        ((letter, words) for bound, letter, words in _BANDS if score(company) >= bound), _HIGH
    )
    if company["kind"] == "not_rated":
        limit_said, score_said = "Not Rated", "N/A"
        letter, words = _NOT_RATED
    elif company["kind"] == "no_limit":
        limit_said = "No Limit"
    return {
        "commonValue": letter,
        "commonDescription": words,
        "creditLimit": {"currency": CURRENCIES[company["country"]], "value": limit_said},
        "providerValue": {"value": score_said, "minValue": "1", "maxValue": "100"},
        "providerDescription": words,
    }


def _safe_number(company: sqlite3.Row) -> str:
    return f"{company['country']}{10_000_000 + number('safe', company['id']) % 89_999_999}"


def _money(company: sqlite3.Row, value: int) -> dict[str, object]:
    return {"currency": CURRENCIES[company["country"]], "value": value}


def _address(company: sqlite3.Row) -> dict[str, object]:
    parts = (company["street"], company["city"], company["postcode"])
    return {
        "simpleValue": ", ".join(part for part in parts if part),
        "street": company["street"],
        "houseNo": "",
        "city": company["city"],
        "postCode": company["postcode"],
        "province": None,
    }
