"""What is known of a customer when its credit is decided: what was asked, reported, and owed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from mastersync.domain.credit.internal import InternalStanding


@dataclass(frozen=True, kw_only=True)
class ReportEvidence:
    """The newest report on a customer. ``credit_limit`` is None where the agency gave words.

    ``rating`` and ``score`` are on the agency's own scale, and never compared with another's.
    """

    report_id: int
    agency: str
    company_reference: str
    rating: str
    score: str
    credit_limit: Decimal | None
    currency: str
    ordered_at: datetime
    valid_until: datetime
    price: Decimal | None = None
    price_currency: str = ""


@dataclass(frozen=True, kw_only=True)
class CreditCase:
    """One customer whose credit is to be decided. ``requested`` is None where none was asked for.

    ``subject_type`` is "" while nobody knows whether it is a company or a person; ``standing`` is
    None where the client's ledger is not read.
    """

    customer_id: str
    subject_type: str
    country: str
    segment: str
    requested: Decimal | None
    currency: str
    report: ReportEvidence | None
    standing: InternalStanding | None = None

    @property
    def basis(self) -> str:
        """What a decision rests on: it stands until this changes."""
        report_id = None if self.report is None else self.report.report_id
        return basis_of(report_id, self.requested, self.currency)


def basis_of(report_id: int | None, requested: Decimal | None, currency: str) -> str:
    """Return what a decision rests on, in words; equal for equal facts.

    >>> basis_of(7, Decimal("5000.00"), "GBP")
    'report 7, asked 5000 GBP'
    """
    return f"{_of_report(report_id)}, {_asked(requested, currency)}"


def _of_report(report_id: int | None) -> str:
    return f"report {'none' if report_id is None else report_id}"


def _asked(requested: Decimal | None, currency: str) -> str:
    amount = "none" if requested is None else f"{requested.normalize():f}"
    return f"asked {amount} {currency}".rstrip()


def rests_on(
    basis: str,
    decided: Decimal,
    decided_in: str,
    *,
    report_id: int | None,
    requested: Decimal | None,
    currency: str,
) -> bool:
    """Say whether a decision still rests on what is known."""
    return basis.partition(", ")[0] == _of_report(report_id) and asks_the_same(
        basis, decided, decided_in, requested=requested, currency=currency
    )


def asks_the_same(
    basis: str, decided: Decimal, decided_in: str, *, requested: Decimal | None, currency: str
) -> bool:
    """Say whether no more and no less is asked for than what was decided on.

    What was decided is written to the systems that it was asked in: that it is asked for now is
    no other question. An amount in another currency is one.
    """
    return basis.partition(", ")[2] == _asked(requested, currency) or is_what_was_decided(
        decided, decided_in, requested=requested, currency=currency
    )


def is_what_was_decided(
    decided: Decimal, decided_in: str, *, requested: Decimal | None, currency: str
) -> bool:
    """Say whether what is asked for is what was decided, as it comes back from the systems."""
    return requested == decided and currency in {"", decided_in}


NOTHING_KNOWN = InternalStanding(currency="")
NUMBERS = frozenset(
    {
        "score",
        "agency_limit",
        "requested",
        "exposure",
        "overdue",
        "disputed",
        "days_late",
        "report_age",
    }
)
# What the conditions of a client's rules may ask about.
NAMES = NUMBERS | {"agency", "rating", "country", "segment", "party_type", "currency"}


def said_of(case: CreditCase, *, now: datetime) -> Mapping[str, str | Decimal | None]:
    """Return what a condition may ask about; ``report_age`` is in days, unknown is None."""
    report, standing = case.report, case.standing or NOTHING_KNOWN
    return {
        "party_type": case.subject_type,
        "country": case.country,
        "segment": case.segment,
        "currency": case.currency,
        "requested": case.requested,
        "exposure": standing.exposure,
        "overdue": standing.overdue,
        "disputed": standing.disputed,
        "days_late": standing.days_late,
        "agency": None if report is None else report.agency,
        "rating": None if report is None else report.rating,
        "score": None if report is None else number_of(report.score),
        "agency_limit": None if report is None else report.credit_limit,
        "report_age": None if report is None else Decimal((now - report.ordered_at).days),
    }


def number_of(text: str) -> Decimal | None:
    """Return a score as a number; None where it is words ("N/A").

    >>> number_of("71"), number_of("2A2"), number_of("")
    (Decimal('71'), None, None)
    """
    digits = text.strip()
    whole, _, part = digits.partition(".")
    return Decimal(digits) if whole.isdecimal() and (not part or part.isdecimal()) else None
