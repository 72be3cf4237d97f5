"""Search results and scores, the same for a company every time."""

import sqlite3

from mastersync.sandbox.matching import Found, address
from mastersync.sandbox.seed.records import number
from mastersync.sandbox.standing import limit, risk_class, score

COMMERCIAL = {"000224": "INTELLISCORE PLUS V2", "000226": "INTELLISCORE PLUS V3"}
_CLASSES = ("LOW RISK", "LOW-MEDIUM RISK", "MEDIUM RISK", "MEDIUM-HIGH RISK", "HIGH RISK")
_STATES = {"NEW YORK": "NY", "BROOKLYN": "NY", "QUEENS": "NY", "ATLANTA": "GA", "LAS VEGAS": "NV"}
_RELIABILITY = {10: 99.6, 9: 98.4, 8: 91.2, 7: 78.5, 6: 64.0, 4: 41.0}
_V3_LOWEST, _V3_STEP = 300, 5.5


def result(found: Found) -> dict[str, object]:
    """Returns: one entry of a search."""
    company, known = found.company, address(found.company)
    return {
        "bin": company["number"],
        "reliabilityCode": _RELIABILITY[found.confidence],
        "businessName": company["name"],
        "phone": "",
        "address": {
            "street": known["street"],
            "city": known["city"],
            "state": _STATES.get(company["city"], "CA"),
            "zip": known["postcode"],
        },
        "numberOfTradelines": number("tradelines", company["id"]) % 40,
        "financialStatementIndicator": False,
        "keyFacts": [],
    }


def scores(company: sqlite3.Row, *, model: str) -> dict[str, object]:
    """Returns: header and scores; of some companies a score is missing."""
    header = {"bin": company["number"], "businessName": company["name"]}
    commercial = None if company["kind"] == "incomplete" else _commercial(company, model)
    return {
        "businessHeader": header,
        "scoreInformation": {
            "commercialScore": commercial,
            "fsrScore": {
                "modelCode": "000223",
                "score": score(company),
                "riskClass": _risk(company),
            },
            "commercialScoreFactors": [
                {"code": "037", "definition": "NUMBER OF ACTIVE COMMERCIAL ACCOUNTS"}
            ],
            "fsrScoreFactors": [],
            "commercialScoreTrends": [
                {"quarter": "CURRENT", "score": score(company), "industryScore": 58}
            ],
            "fsrScoreTrends": [],
        },
    }


def _commercial(company: sqlite3.Row, model: str) -> dict[str, object]:
    is_v3 = COMMERCIAL[model].endswith("V3")
    points = round(_V3_LOWEST + _V3_STEP * score(company)) if is_v3 else score(company)
    body: dict[str, object] = {
        "modelCode": model,
        "modelTitle": COMMERCIAL[model],
        "percentileRanking": score(company),
        "score": points,
        "riskClass": _risk(company),
        "recommendedCreditLimitAmount": limit(company),
    }
    if company["kind"] == "not_rated":
        body |= {"score": None, "percentileRanking": None, "riskClass": None}
        body["recommendedCreditLimitAmount"] = None
    elif company["kind"] == "no_limit":
        body["recommendedCreditLimitAmount"] = "NOT AVAILABLE"
    return body


def _risk(company: sqlite3.Row) -> dict[str, object]:
    rank = risk_class(company)
    return {"code": rank, "definition": _CLASSES[rank - 1]}
