"""What a client's own rules recommend on a customer's credit, in reasons that a person can check.

Nothing is decided here: `deciding.who_decides` says whether a person has to.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from mastersync.domain.credit.case import CreditCase, said_of
from mastersync.domain.credit.readings import speaks_against, speaks_for
from mastersync.domain.records.arithmetic import NoResultError

Condition = Callable[[Mapping[str, str | Decimal | None]], bool]


class LimitOf(StrEnum):
    """Where a rule's limit comes from; it is never more than was asked for."""

    AGENCY = "agency"  # what the agency recommends, or a share of it
    REQUESTED = "requested"  # what was asked for
    AMOUNT = "amount"  # what the rule says
    NOTHING = "nothing"  # none is given


Amounts = Mapping[str, Decimal]  # by currency: no rate is ever assumed


@dataclass(frozen=True, kw_only=True)
class LimitRule:
    """How much a rule gives: ``share`` of the agency's limit, ``at_most``; or ``at_most`` alone."""

    of: LimitOf
    share: Decimal = Decimal(1)
    at_most: Amounts | None = None


@dataclass(frozen=True, kw_only=True)
class TermsRule:
    """One rule. ``asks`` is its condition as the client wrote it, "" for one that always holds.

    ``clause`` is where the client's contract says so. Without ``payment_terms`` they stay.
    """

    holds: Condition
    asks: str
    limit: LimitRule
    clause: str
    payment_terms: str = ""
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class TermsPolicy:
    """A client's rules, the first that holds counting. ``currency`` is where none is stated.

    ``accept_up_to`` is how much may be accepted without a person; nothing in other currencies.
    ``waits``: a customer whose credit is undecided waits, with all that is new of it.
    """

    rules: tuple[TermsRule, ...]
    currency: str
    accept_up_to: Amounts = field(default_factory=dict)
    waits: bool = True


class Outcome(StrEnum):
    """What is recommended or decided; the store's CHECK lists the same."""

    ACCEPTED = "accepted"  # all that was asked for
    REDUCED = "reduced"  # less than was asked for
    DECLINED = "declined"  # nothing
    OPEN = "open"  # nothing can be recommended: a person has to say


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why, in words; ``clause`` of the client's contract, "" where it is not from there."""

    words: str
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """What the client's rules recommend; ``limit`` is None while OPEN.

    ``speaks_for`` and ``speaks_against`` are what a person should weigh, whatever the rules say.
    """

    outcome: Outcome
    limit: Decimal | None
    currency: str
    payment_terms: str
    reasons: tuple[Reason, ...]
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()


def recommend(case: CreditCase, policy: TermsPolicy, *, now: datetime) -> Recommendation:
    """Return what the first rule that holds gives; OPEN where no rule, or no number, says it."""
    draft = _Draft(case, currency=_currency(case, policy), now=now)
    obstacle = _obstacle(case, draft.currency, now=now)
    if obstacle:
        return draft.open(obstacle)
    try:
        rule = covering_rule(case, policy, now=now)
    except NoResultError as error:
        return draft.open(Reason(words=f"A rule of the client's file has no answer: {error}"))
    if rule is None:
        without = "There is no report, and no" if case.report is None else "No"
        return draft.open(Reason(words=f"{without} rule of the client's file covers this case."))
    reason = Reason(words=_because(rule), clause=rule.clause)
    limit = _limit(case, rule.limit, draft.currency)
    if isinstance(limit, Reason):
        return draft.open(reason, limit)
    amount = _amount_reason(case, rule.limit, limit, currency=draft.currency)
    return draft.of(limit, payment_terms=rule.payment_terms, reasons=(reason, amount))


def covering_rule(case: CreditCase, policy: TermsPolicy, *, now: datetime) -> TermsRule | None:
    """Return the first rule that holds; None when none does.

    A rule without a condition is for whomever the agency has reported on: that it would hold of
    all others, too, says nothing about them.

    Raises:
        NoResultError: A condition compares as a number what is none.
    """
    said = said_of(case, now=now)
    asked = (rule for rule in policy.rules if rule.asks or case.report is not None)
    return next((rule for rule in asked if rule.holds(said)), None)


def outcome_of(limit: Decimal, requested: Decimal | None) -> Outcome:
    """Say what a limit means to who asked for an amount."""
    if limit <= 0:
        return Outcome.DECLINED if requested is None or requested > 0 else Outcome.ACCEPTED
    return Outcome.REDUCED if requested is not None and limit < requested else Outcome.ACCEPTED


class _Draft:
    """What all recommendations on one case have in common."""

    def __init__(self, case: CreditCase, *, currency: str, now: datetime) -> None:
        self._case = case
        self._now = now
        self.currency = currency

    def of(
        self, limit: Decimal, *, payment_terms: str, reasons: tuple[Reason, ...]
    ) -> Recommendation:
        return self._made(
            outcome_of(limit, self._case.requested), limit, payment_terms, reasons=reasons
        )

    def open(self, *reasons: Reason) -> Recommendation:
        return self._made(Outcome.OPEN, None, "", reasons=reasons)

    def _made(
        self,
        outcome: Outcome,
        limit: Decimal | None,
        payment_terms: str,
        *,
        reasons: tuple[Reason, ...],
    ) -> Recommendation:
        return Recommendation(
            outcome=outcome,
            limit=limit,
            currency=self.currency,
            payment_terms=payment_terms,
            reasons=reasons,
            speaks_for=speaks_for(self._case),
            speaks_against=speaks_against(self._case, now=self._now),
        )


def _currency(case: CreditCase, policy: TermsPolicy) -> str:
    reported = "" if case.report is None else case.report.currency
    return case.currency or reported or policy.currency


def _obstacle(case: CreditCase, currency: str, *, now: datetime) -> Reason | None:
    """Say why no rule may be asked; None when they may."""
    report = case.report
    if report is None:
        return None
    if report.valid_until <= now:
        ended = f"{report.valid_until:%Y-%m-%d}"
        return Reason(words=f"The newest report is no longer valid since {ended}.")
    if report.credit_limit is not None and report.currency not in {"", currency}:
        words = f"The agency's limit is in {report.currency}, what is asked for in {currency}"
        return Reason(words=f"{words}; no rate is assumed.")
    return None


def _limit(case: CreditCase, rule: LimitRule, currency: str) -> Decimal | Reason:
    """Return the limit, or why there is no number."""
    at_most = None if rule.at_most is None else rule.at_most.get(currency)
    if rule.of is LimitOf.NOTHING:
        return Decimal(0)
    if rule.at_most is not None and at_most is None:
        return Reason(words=f"The rule states its amount in no {currency}; no rate is assumed.")
    report = case.report
    if rule.of is LimitOf.AGENCY:
        if report is None:
            return Reason(words="There is no report whose limit the rule could take.")
        if report.credit_limit is None:
            return Reason(words="The agency gives words and no number for a limit.")
        base = report.credit_limit * rule.share
    elif rule.of is LimitOf.REQUESTED:
        if case.requested is None:
            return Reason(words="Nobody said how much is asked for.")
        base = case.requested
    else:
        base = at_most or Decimal(0)
    bounds = [bound for bound in (at_most, case.requested) if bound is not None]
    return max(min([base, *bounds]), Decimal(0))


def _because(rule: TermsRule) -> str:
    condition = f"the rule '{rule.asks}' holds" if rule.asks else "no earlier rule holds"
    because = rule.because.rstrip(". ")
    return f"{because} ({condition})." if because else f"It follows: {condition}."


def _amount_reason(case: CreditCase, rule: LimitRule, limit: Decimal, *, currency: str) -> Reason:
    """Say which bound made the amount what it is."""
    given = f"{limit:,.2f} {currency}".rstrip()
    if case.requested is not None and limit == case.requested:
        return Reason(words=f"{given} is all that was asked for.")
    if rule.of is LimitOf.NOTHING:
        return Reason(words="The rule gives nothing.")
    if rule.at_most is not None and limit == rule.at_most.get(currency):
        return Reason(words=f"{given} is the most that the rule gives.")
    share = "" if rule.share == 1 else f"{rule.share:.0%} of "
    return Reason(words=f"{given} is {share}what the agency recommends at most.")
