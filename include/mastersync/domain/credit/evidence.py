"""The evidence on a customer's credit as it is kept with a recommendation and a decision: JSON."""

from collections.abc import Mapping
from decimal import Decimal

from mastersync.domain.credit.case import CreditCase, ReportEvidence
from mastersync.domain.credit.deciding import Authority
from mastersync.domain.credit.internal import InternalStanding
from mastersync.domain.credit.readings import read_report
from mastersync.domain.credit.recommendation import Recommendation

Json = Mapping[str, object]


def evidence_of(case: CreditCase, found: Recommendation, authority: Authority) -> Json:
    """Return what was known, what the rules made of it, and who had to decide."""
    return {
        "subject_type": case.subject_type,
        "country": case.country,
        "segment": case.segment,
        "requested": _amount(case.requested),
        "currency": case.currency,
        "report": None if case.report is None else _report(case.report),
        "standing": None if case.standing is None else _standing(case.standing),
        "recommended": {
            "outcome": found.outcome.value,
            "limit": _amount(found.limit),
            "currency": found.currency,
            "payment_terms": found.payment_terms,
            "reasons": [{"words": one.words, "clause": one.clause} for one in found.reasons],
        },
        "speaks_for": list(found.speaks_for),
        "speaks_against": list(found.speaks_against),
        "a_person_decides_because": list(authority.words),
    }


def _report(report: ReportEvidence) -> Json:
    return {
        "report_id": report.report_id,
        "agency": report.agency,
        "company_reference": report.company_reference,
        "rating": report.rating,
        "score": report.score,
        "limit": _amount(report.credit_limit),
        "currency": report.currency,
        "ordered_at": report.ordered_at.isoformat(),
        "valid_until": report.valid_until.isoformat(),
        "says": read_report(report),
    }


def _standing(standing: InternalStanding) -> Json:
    return {
        "currency": standing.currency,
        "exposure": _amount(standing.exposure),
        "overdue": _amount(standing.overdue),
        "disputed": _amount(standing.disputed),
        "days_late": _amount(standing.days_late),
    }


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
