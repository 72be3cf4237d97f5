"""Match candidates and data blocks, the same for a company every time."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from mastersync.sandbox.matching import Found, address
from mastersync.sandbox.seed.countries import CURRENCIES
from mastersync.sandbox.seed.records import number
from mastersync.sandbox.standing import has_moved, is_active, limit, risk_class, score

SCORED_ON = "2026-10-01"
_STRENGTHS = ((250_000, "4A"), (100_000, "3A"), (50_000, "2A"), (20_000, "1A"), (0, "BB"))


def candidate(found: Found, *, place: int) -> dict[str, object]:
    """Returns: one entry of ``matchCandidates``."""
    grades = (found.name, "Z", found.street, found.city, "Z", "Z", found.postcode, "ZZZZ")
    return {
        "displaySequence": place,
        "organization": {**_identity(found.company), "telephone": []},
        "matchQualityInformation": {
            "confidenceCode": found.confidence,
            "matchGrade": "".join(grades),
            "matchGradeComponents": [
                {"componentType": kind, "componentRating": grade}
                for kind, grade in (
                    ("Name", found.name),
                    ("Street Name", found.street),
                    ("City", found.city),
                    ("Postal Code", found.postcode),
                )
            ],
            "matchDataProfile": "0000000099",
            "nameMatchScore": 100.0 if found.name == "A" else 70.0,
        },
    }


def blocks(company: sqlite3.Row, block_ids: Sequence[str]) -> dict[str, object]:
    """Returns: ``blockStatus`` and ``organization``; of some companies one block failed."""
    failed = "financialstrengthinsight" if company["kind"] == "incomplete" else "-"
    status: list[dict[str, str | None]] = [
        {"blockID": block, "status": "failed", "reason": "Data is temporarily not available."}
        if block.startswith(failed)
        else {"blockID": block, "status": "ok", "reason": None}
        for block in block_ids
    ]
    given = {
        block.partition("_")[0]
        for block, entry in zip(block_ids, status, strict=True)
        if entry["status"] == "ok"
    }
    is_full = any(block.startswith("financialstrengthinsight_L2") for block in block_ids)
    organization = _identity(company) | {"countryISOAlpha2Code": company["country"]}
    if "financialstrengthinsight" in given:
        organization |= {
            "dnbAssessment": _assessment(company, is_full=is_full),
            "isHighRiskBusiness": risk_class(company) == 5,  # noqa: PLR2004 (the worst class)
            "isDeterioratingBusiness": False,
        }
    if "paymentinsight" in given:
        organization["businessTrading"] = [{"summary": [_payments(company)]}]
    return {"blockStatus": status, "organization": organization}


def _identity(company: sqlite3.Row) -> dict[str, Any]:
    known = address(company)
    active = is_active(company)
    return {
        "duns": company["number"],
        "dunsControlStatus": {
            "operatingStatus": {
                "description": "Active" if active else "Out of Business",
                "dnbCode": 9074 if active else 403,
            },
            "isMailUndeliverable": has_moved(company),
        },
        "primaryName": company["name"],
        "primaryAddress": {
            "addressCountry": {"isoAlpha2Code": company["country"]},
            "addressLocality": {"name": known["city"].title()},
            "postalCode": known["postcode"],
            "streetAddress": {"line1": known["street"].title()},
        },
        "registrationNumbers": []
        if has_moved(company)
        else [{"registrationNumber": company["reg_no"]}],
    }


def _assessment(company: sqlite3.Row, *, is_full: bool) -> dict[str, object]:
    """Returns: ratings and scores; percentiles and limits are of level 2."""
    is_rated = company["kind"] != "not_rated"
    money = {"value": limit(company), "currency": CURRENCIES[company["country"]]}
    strength = next(words for bound, words in _STRENGTHS if limit(company) >= bound)
    segment = str(min(risk_class(company), 4))
    scored: dict[str, object] = {
        "classScore": risk_class(company),
        "classScoreDescription": "Risk of failure within 12 months",
        "scoreDate": SCORED_ON,
        "scoreModel": {"description": f"{company['country']} Failure Score 7.1"},
        "scoreOverrideReasons": [],
    }
    body: dict[str, object] = {
        "financialCondition": {"description": "Fair"},
        "standardRating": {
            "rating": f"{strength}{segment}" if is_rated else "--",
            "financialStrength": strength if is_rated else None,
            "riskSegment": segment if is_rated else None,
            "scoreDate": SCORED_ON,
            "ratingReason": [],
            "ratingOverrideReasons": [],
        },
        "failureScore": None,
        "delinquencyScore": None,
        "hasSevereNegativeEvents": not is_active(company),
    }
    if is_rated:
        percentile = {"nationalPercentile": score(company)} if is_full else {}
        body["failureScore"] = scored | percentile
        body["delinquencyScore"] = {"classScore": risk_class(company), "scoreDate": SCORED_ON}
    if is_full and is_rated:
        words = {"value": "Not Limited", "currency": money["currency"]}
        body["creditLimitRecommendation"] = {
            "maximumRecommendedLimit": words if company["kind"] == "no_limit" else money,
            "assessmentDate": SCORED_ON,
        }
    return body


def _payments(company: sqlite3.Row) -> dict[str, object]:
    return {
        "paydexScore": 40 + score(company) // 2,
        "totalExperiencesAmount": 10 * limit(company),
        "averageHighCreditAmount": limit(company) // 4,
        "maximumPastDueAmount": number("past-due", company["id"]) % 5_000,
        "maximumOwedAmount": limit(company) // 2,
    }
