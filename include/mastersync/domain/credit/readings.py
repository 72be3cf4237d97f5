"""What an agency's rating and score say in plain words, and what they do not say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from mastersync.domain.credit.agencies import CREDITSAFE, DNB, EXPERIAN, TITLES
from mastersync.domain.credit.case import NOTHING_KNOWN, CreditCase, ReportEvidence

_OLD: Final = timedelta(days=180)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How one agency words its judgement; no two agencies' scales can be held side by side."""

    ratings: Mapping[str, str]
    good: frozenset[str]
    bad: frozenset[str]
    rating_of: str
    score_of: str
    limit_of: str


SCALES: Final[Mapping[str, Scale]] = {
    CREDITSAFE: Scale(
        ratings={
            "A": "very low risk",
            "B": "low risk",
            "C": "moderate risk",
            "D": "high risk",
            "E": "not rated",
        },
        good=frozenset("AB"),
        bad=frozenset("DE"),
        rating_of="Creditsafe's international rating, A (best) to E (not rated)",
        score_of="a score from 1 to 100, 100 being the best: the higher, the less likely it is to "
        "fail within twelve months",
        limit_of="the most that Creditsafe would have outstanding with it at any one time",
    ),
    DNB: Scale(
        ratings={
            "1": "minimal risk",
            "2": "low risk",
            "3": "slightly more than average risk",
            "4": "significant risk",
        },
        good=frozenset("12"),
        bad=frozenset("4"),
        rating_of="D&B's risk indicator, 1 (best) to 4, at the end of its rating",
        score_of="the class of D&B's failure score, 1 being the best of 5",
        limit_of="the most that D&B recommends to have outstanding with it",
    ),
    EXPERIAN: Scale(
        ratings={
            "1": "low risk",
            "2": "low to medium risk",
            "3": "medium risk",
            "4": "medium to high risk",
            "5": "high risk",
        },
        good=frozenset("12"),
        bad=frozenset("5"),
        rating_of="Experian's risk class, 1 (best) to 5",
        score_of="Intelliscore, in which more is better; the range depends on the model (V2: 1 to "
        "100, V3: 300 to 850)",
        limit_of="the limit that Experian recommends for companies of this size and kind",
    ),
}

NOT_SAID: Final = (
    "It is a likelihood over many companies of this kind, not a promise about this one.",
    "It rests on accounts and payments filed until then, which may be more than a year old.",
    "It does not know what the customer owes the client, or how it pays the client.",
    "It cannot be held against another agency's score: each has its own scale and direction.",
    "It says nothing about owners or directors as persons, and must not be used for that.",
)


def read_report(report: ReportEvidence) -> list[str]:
    """Return what a report says, sentence by sentence, in plain words."""
    scale = SCALES.get(report.agency)
    title = TITLES.get(report.agency, report.agency)
    told = []
    if report.rating:
        words = _rating_words(report)
        meaning = f", which is {words}" if words else ""
        of = f" ({scale.rating_of})" if scale else ""
        told.append(f"Rating {report.rating}{meaning}{of}.")
    else:
        told.append(f"{title} gives no rating.")
    if report.score:
        of = f", {scale.score_of}" if scale else " on the agency's own scale"
        told.append(f"Score {report.score}{of}.")
    if report.credit_limit is None:
        told.append("No limit in figures: what the agency says in words is for a person to weigh.")
    else:
        of = f": {scale.limit_of}" if scale else ""
        told.append(f"Limit {report.credit_limit:,.2f} {report.currency}{of}.")
    return told


def speaks_for(case: CreditCase) -> tuple[str, ...]:
    """Return what speaks for giving what was asked for."""
    said = []
    report, standing = case.report, case.standing or NOTHING_KNOWN
    if report is not None:
        if _band(report) == "good":
            said.append(f"It is rated {report.rating}, {_rating_words(report)}.")
        if _covers(case):
            said.append("The agency's limit covers what is asked for.")
    if standing.overdue == 0:
        said.append("Nothing is overdue in the client's ledger.")
    used, asked = standing.exposure, case.requested
    if used is not None and asked is not None and used <= asked / 2:
        said.append("It uses no more than half of what it asks for.")
    return tuple(said)


def speaks_against(case: CreditCase, *, now: datetime) -> tuple[str, ...]:
    """Return what speaks against it; an automatic acceptance needs none of these."""
    said = []
    report, standing = case.report, case.standing or NOTHING_KNOWN
    if report is None:
        said.append("There is no report on it.")
    else:
        if _band(report) == "bad":
            said.append(f"It is rated {report.rating}, {_rating_words(report)}.")
        if report.credit_limit is None:
            said.append("The agency states no limit in figures.")
        elif case.requested is not None and not _covers(case):
            said.append("The agency's limit is below what is asked for.")
        if now - report.ordered_at > _OLD:
            said.append(f"The report is {(now - report.ordered_at).days} days old.")
    if standing.overdue:
        said.append(f"{_money(standing.overdue, standing.currency)} is overdue.")
    if standing.disputed:
        said.append(f"{_money(standing.disputed, standing.currency)} is in dispute.")
    if standing.days_late is not None and standing.days_late > 0:
        said.append(f"Payments are {standing.days_late:f} days late.")
    return tuple(said)


def _covers(case: CreditCase) -> bool:
    report = case.report
    return (
        report is not None
        and report.credit_limit is not None
        and case.requested is not None
        and report.currency in {"", case.currency}
        and report.credit_limit >= case.requested
    )


def _band(report: ReportEvidence) -> str:
    scale = SCALES.get(report.agency)
    mark = _mark(report)
    if scale is None:
        return ""
    return "good" if mark in scale.good else "bad" if mark in scale.bad else ""


def _rating_words(report: ReportEvidence) -> str:
    scale = SCALES.get(report.agency)
    return "" if scale is None else scale.ratings.get(_mark(report), "")


def _mark(report: ReportEvidence) -> str:
    """Return the part of a rating that is on the scale: D&B writes strength before it ("2A2")."""
    rating = report.rating.strip().upper()
    return rating[-1:] if report.agency == DNB else rating


def _money(amount: Decimal, currency: str) -> str:
    return f"{amount:,.2f} {currency}".rstrip()
