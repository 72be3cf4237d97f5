"""Which decision on a customer's credit holds: a person's goes before an automatic one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from mastersync.domain.credit.case import CreditCase, asks_the_same, rests_on
from mastersync.domain.credit.recommendation import Recommendation
from mastersync.domain.golden.words import day


@dataclass(frozen=True, kw_only=True)
class MadeDecision:
    """A decision as the next one has to know it. ``basis`` is what it rests on.

    ``requested`` is what was asked for then; None where nobody said.
    ``stands_until`` is the end of a person's; an automatic one has none, as the next replaces it.
    """

    decision_id: int
    credit_limit: Decimal
    currency: str
    payment_terms: str
    author: str
    is_automatic: bool
    basis: str
    requested: Decimal | None
    decided_at: datetime
    stands_until: datetime | None

    def stands(self, now: datetime) -> bool:
        """Say whether a person made it and nothing automatic may take its place yet."""
        return self.stands_until is not None and now < self.stands_until

    def words(self, now: datetime) -> str:
        """Say who decided what, and until when it stands or stood."""
        given = credit_in_words(self.credit_limit, self.currency, self.payment_terms)
        made = f"{self.author} decided on {day(self.decided_at)} (credit decision"
        ends = "" if self.stands_until is None else f" until {day(self.stands_until)}"
        verb = "stands" if self.stands(now) else "stood"
        return f"{made} {self.decision_id}): {given}. That {verb}{ends}."


Made = TypeVar("Made", bound=MadeDecision)


def end_of_decision(
    decided_at: datetime, *, valid_for_days: int, report_ends: datetime | None
) -> datetime:
    """Return until when a person's decision stands: as long as its report, or by its own age.

    One that was made on a report that had ended rests on none.
    """
    by_age = decided_at + timedelta(days=valid_for_days)
    if report_ends is None or report_ends <= decided_at:
        return by_age
    return min(by_age, report_ends)


def holding(decisions: Iterable[Made]) -> Made | None:
    """Return which of the decisions on one customer holds: the newest.

    But for an automatic one that was made while a person's stood, as there is one where customers
    were merged of whom each had its own.
    """
    held: Made | None = None
    person: Made | None = None
    for decision in sorted(decisions, key=lambda one: (one.decided_at, one.decision_id)):
        if not decision.is_automatic:
            person = decision
        elif person is not None and person.stands(decision.decided_at):
            continue
        held = decision
    return held


def still_answers(decision: MadeDecision, case: CreditCase) -> bool:
    """Say whether nothing is known or asked for that was not decided on."""
    return rests_on(
        decision.basis,
        decision.credit_limit,
        decision.currency,
        report_id=None if case.report is None else case.report.report_id,
        requested=case.requested,
        currency=case.currency,
    )


def is_confirmed(decision: MadeDecision, case: CreditCase, found: Recommendation) -> bool:
    """Say whether newer evidence recommends what a person decided: nobody is asked again.

    Whoever asks for another amount is owed another answer. Terms that one of the two leaves to
    the systems contradict none.
    """
    terms = {decision.payment_terms, found.payment_terms} - {""}
    return (
        asks_the_same(
            decision.basis,
            decision.credit_limit,
            decision.currency,
            requested=case.requested,
            currency=case.currency,
        )
        and (found.limit, found.currency) == (decision.credit_limit, decision.currency)
        and (decision.credit_limit == 0 or len(terms) <= 1)
    )


def credit_in_words(limit: Decimal | None, currency: str, payment_terms: str) -> str:
    """Return an amount and its terms, as a person reads them.

    >>> credit_in_words(Decimal(4000), "GBP", "NET30"), credit_in_words(Decimal(0), "GBP", "")
    ('4,000.00 GBP, payment terms NET30', 'nothing')
    """
    if limit is None:
        return "no amount"
    terms = f", payment terms {payment_terms}" if payment_terms else ""
    return f"{limit:,.2f} {currency}{terms}" if limit else f"nothing{terms}"
