"""Everything on a customer's credit in one place: for whoever decides, and whoever asks later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.credit.assessment import Assessment
from mastersync.domain.credit.budget import BUDGET_MONTH
from mastersync.domain.credit.case import CreditCase
from mastersync.domain.credit.deciding import Authority, CreditDecision, who_decides
from mastersync.domain.credit.letters import letters_due
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.credit.recommendation import (
    Outcome,
    Reason,
    Recommendation,
    TermsPolicy,
    recommend,
)
from mastersync.errors import RuleError
from mastersync.ports.credit_decisions import CompanyAnswer, HeldLetter, HeldOffer
from mastersync.ports.credit_reports import CreditCheck
from mastersync.ports.store import Store, Unit
from mastersync.usecases.assess_credit import assess_customers
from mastersync.usecases.credit_cases import gather_cases
from mastersync.usecases.find_customer import live_customer


@dataclass(frozen=True, kw_only=True)
class JudgedCase:
    """A case as it stands now; ``recommendation_id`` is that kept on the same basis, if any."""

    case: CreditCase
    recommendation: Recommendation
    authority: Authority
    recommendation_id: int | None
    addressed_to: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Purse:
    """What the thirty days may still spend on reports; ``left`` is never below 0."""

    per_month: Decimal
    spent: Decimal
    currency: str

    @property
    def left(self) -> Decimal:
        return max(self.per_month - self.spent, Decimal(0))


@dataclass(frozen=True, kw_only=True)
class ExplainedCredit:
    """A customer's credit: why it is checked, what was bought, what is recommended and decided.

    ``assessment`` is None for a customer whom the client does not have checked. ``owed`` are the
    letters that law wants on the decision that holds and that are not written yet.
    """

    customer_id: str
    asked_id: str
    judged: JudgedCase
    assessment: Assessment | None
    check: CreditCheck | None
    purse: Purse
    offer: HeldOffer | None
    company: CompanyAnswer | None
    decisions: Sequence[CreditDecision]
    letters: Sequence[HeldLetter]
    owed: Sequence[str]


def explain_credit(
    store: Store, rules: ClientRules, customer_id: str, *, now: datetime
) -> ExplainedCredit:
    """Explain the credit of a customer, by all facts of this moment, also those that wait.

    Raises:
        NotFoundError: There is no such customer.
        RuleError: The client has no credit checks.
    """
    policy = credit_of(rules)
    with store.begin() as unit:
        live_id = live_customer(unit, customer_id)
        checked = assess_customers(
            unit, rules, policy, customer_ids=[live_id], now=now, with_waiting=True
        )
        decisions = unit.credit_decisions.history(live_id)
        letters = unit.credit_decisions.letters(decisions[0].decision_id) if decisions else []
        answers = unit.credit_decisions.answers([live_id], agency=policy.agency)
        checks = unit.credit_reports.checks([live_id])
        return ExplainedCredit(
            customer_id=live_id,
            asked_id=customer_id,
            judged=judge_case(unit, rules, live_id, now=now),
            assessment=checked[0].assessment if checked else None,
            check=checks[0] if checks else None,
            purse=_purse(unit, policy, now=now),
            offer=unit.credit_decisions.offer_for(live_id),
            company=answers.get(live_id),
            decisions=decisions,
            letters=letters,
            owed=_owed(decisions, letters, policy),
        )


def judge_case(unit: Unit, rules: ClientRules, customer_id: str, *, now: datetime) -> JudgedCase:
    """Judge a customer's case by the facts of this moment, also those that wait."""
    known = gather_cases(unit, rules, customer_ids=[customer_id], now=now, with_waiting=True)[
        customer_id
    ]
    policy = rules.terms
    found = (
        _without_rules(rules, known.case)
        if policy is None
        else recommend(known.case, policy, now=now)
    )
    held = unit.credit_decisions.recommendations([customer_id]).get(customer_id)
    fields = known.asked.fields
    lines = (
        fields.get("legal_name") or fields.get("name", ""),
        fields.get("street", ""),
        " ".join(filter(None, (fields.get("postcode"), fields.get("city")))),
        fields.get("region", ""),
        fields.get("country", ""),
    )
    return JudgedCase(
        case=known.case,
        recommendation=found,
        authority=who_decides(
            known.case, found, policy or _NO_TERMS, before=known.decision, now=now
        ),
        recommendation_id=None
        if held is None or held.basis != known.case.basis
        else held.recommendation_id,
        addressed_to=tuple(line for line in lines if line),
    )


def credit_of(rules: ClientRules) -> CreditPolicy:
    """Return the client's rules for credit checks.

    Raises:
        RuleError: It has none.
    """
    if rules.credit is None:
        raise RuleError(
            f"{rules.name} has no credit checks.",
            next_step="Add the section 'credit' to its client.yaml.",
        )
    return rules.credit


_NO_TERMS = TermsPolicy(rules=(), currency="")


def _without_rules(rules: ClientRules, case: CreditCase) -> Recommendation:
    currency = case.currency or ("" if rules.credit is None else rules.credit.currency)
    return Recommendation(
        outcome=Outcome.OPEN,
        limit=None,
        currency=currency,
        payment_terms="",
        reasons=(Reason(words="The client's file has no 'credit.terms' to recommend by."),),
    )


def _purse(unit: Unit, policy: CreditPolicy, *, now: datetime) -> Purse:
    spending = unit.credit_reports.spending("", currency=policy.currency, since=now - BUDGET_MONTH)
    return Purse(per_month=policy.budget.per_month, spent=spending.month, currency=policy.currency)


def _owed(
    decisions: Sequence[CreditDecision], letters: Sequence[HeldLetter], policy: CreditPolicy
) -> tuple[str, ...]:
    if not decisions:
        return ()
    written = {letter.kind for letter in letters}
    due = letters_due(decisions[0], client_country=policy.client_country)
    return tuple(kind for kind in due if kind not in written)
