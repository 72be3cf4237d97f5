"""Who decides on a customer's credit, and what a decision is once it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from mastersync.domain.credit.case import CreditCase
from mastersync.domain.credit.recommendation import Outcome, Recommendation, TermsPolicy
from mastersync.domain.credit.standing import MadeDecision
from mastersync.domain.golden.model import (
    CREDIT_DECISION,
    Criterion,
    FieldRule,
    SurvivorshipPolicy,
)
from mastersync.domain.records.codes import COMPANY

AUTOMATIC = "mastersync"  # who decides where no person does
DECIDED_UNITS = ("credit", "payment_terms")


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Who may decide. ``words`` say why a person has to; none where none has to."""

    is_automatic: bool
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CreditWord:
    """A decision on a customer's credit, a person's or an automatic one.

    ``basis`` is what it rests on, ``evidence`` what was shown to whoever decided, and
    ``rule_version`` the state of the client's file. ``stands_until`` is the end of a person's.
    """

    customer_id: str
    outcome: Outcome
    credit_limit: Decimal
    currency: str
    payment_terms: str
    requested: Decimal | None
    subject_type: str
    country: str
    is_automatic: bool
    author: str
    reason: str
    evidence: Mapping[str, object]
    basis: str
    rule_version: str
    report_id: int | None = None
    recommendation_id: int | None = None
    stands_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CreditDecision:
    """A decision as it is kept."""

    decision_id: int
    word: CreditWord
    decided_at: datetime


def who_decides(
    case: CreditCase,
    recommendation: Recommendation,
    policy: TermsPolicy,
    *,
    before: MadeDecision | None,
    now: datetime,
) -> Authority:
    """Say whether the recommendation may be taken as the decision, or why a person decides.

    Only the acceptance of a company's full request is ever automatic. A person or a sole trader
    is never decided on without a person: a score that a decision draws on strongly is a decision
    itself (GDPR Art. 22; CJEU C-634/21). Nor is what a person decided ``before``, while it stands.
    """
    words = [*_of_subject(case), *_of_outcome(recommendation)]
    limit = recommendation.limit
    if recommendation.outcome is Outcome.ACCEPTED and limit is not None:
        most = policy.accept_up_to.get(recommendation.currency)
        if most is None:
            words.append("The client's file lets nothing be accepted without a person.")
        elif limit > most:
            words.append(
                f"Without a person no more than {most:,.2f} {recommendation.currency} is accepted."
            )
    if case.requested is None and not words:
        words.append("Nobody said how much is asked for.")
    if before is not None and before.stands(now):
        words.append(before.words(now))
    return Authority(is_automatic=not words, words=tuple(words))


def _of_subject(case: CreditCase) -> list[str]:
    if case.subject_type == COMPANY:
        return []
    if not case.subject_type:
        return ["Nobody knows whether it is a company or a person; of a person, a person decides."]
    return ["It is not a company: of a person or a sole trader, a person decides."]


def _of_outcome(recommendation: Recommendation) -> list[str]:
    match recommendation.outcome:
        case Outcome.ACCEPTED:
            against = recommendation.speaks_against
            return [f"Something speaks against it: {' '.join(against)}"] if against else []
        case Outcome.REDUCED:
            return ["It is less than was asked for."]
        case Outcome.DECLINED:
            return ["Nobody is declined without a person."]
        case Outcome.OPEN:
            return ["The rules recommend no amount."]


def decided_first(policy: SurvivorshipPolicy) -> SurvivorshipPolicy:
    """Return the policy with a credit decision before every system, for what it decides.

    Whatever a client's file prefers: a limit that somebody typed into a system later is no
    decision. Only a pin goes before it.
    """
    return replace(
        policy,
        by_field={
            **policy.by_field,
            **{unit: _decided_first(policy.rule_for(unit), policy) for unit in DECIDED_UNITS},
        },
    )


def _decided_first(rule: FieldRule, policy: SurvivorshipPolicy) -> FieldRule:
    rest: Sequence[Criterion] = [c for c in rule.prefer if c is not Criterion.PINNED]
    return replace(
        rule,
        trust=(CREDIT_DECISION, *(rule.trust or policy.trust)),
        prefer=(Criterion.PINNED, Criterion.DECIDED, *rest),
    )
