"""A person decides on a customer's credit."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.credit.case import CreditCase
from mastersync.domain.credit.deciding import CreditDecision, CreditWord
from mastersync.domain.credit.evidence import evidence_of
from mastersync.domain.credit.letters import letters_due
from mastersync.domain.credit.recommendation import Outcome, Recommendation, outcome_of
from mastersync.domain.credit.standing import end_of_decision
from mastersync.domain.decisions.model import Person
from mastersync.errors import RuleError
from mastersync.ports.store import Store, Unit
from mastersync.usecases.explain_credit import JudgedCase, credit_of, judge_case
from mastersync.usecases.find_customer import live_customer
from mastersync.usecases.recommend_credit import ticket_cause


@dataclass(frozen=True, kw_only=True)
class CreditAnswer:
    """What a person decides: an amount, or what the rules recommend where ``limit`` is None.

    ``payment_terms`` and ``currency`` are those recommended, or asked for, where they are "".
    """

    customer_id: str
    limit: Decimal | None
    person: Person
    payment_terms: str = ""
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class DecidedCredit:
    """The decision as it is kept, and the letters that law wants on it."""

    decision: CreditDecision
    letters: tuple[str, ...]


def decide_credit(
    store: Store, rules: ClientRules, answer: CreditAnswer, *, now: datetime
) -> DecidedCredit:
    """Keep a person's decision with the evidence of this moment; the next sync forms with it.

    Raises:
        NotFoundError: There is no such customer.
        RuleError: The client has no credit checks; nothing says how much or in what currency; or a
            negative amount was given.
    """
    if rules.credit is None:
        raise RuleError(
            f"{rules.name} has no credit checks, so there is nothing to decide.",
            next_step="Add the section 'credit' to its client.yaml.",
        )
    with store.begin() as unit:
        live_id = live_customer(unit, answer.customer_id)
        judged = judge_case(unit, rules, live_id, now=now)
        word = _word(judged, answer, rules, live_id, now=now)
        decision_id = unit.credit_decisions.decide([word], now=now)[live_id]
        for customer_id in unit.identity.within(live_id):
            unit.tickets.resolve(
                ticket_cause(customer_id),
                by=word.author,
                words=f"Decided: {word.outcome.value} (credit decision {decision_id}).",
                now=now,
            )
        _tell(unit, word, decision_id, now=now)
    decision = CreditDecision(decision_id=decision_id, word=word, decided_at=now)
    letters = letters_due(decision, client_country=rules.credit.client_country)
    return DecidedCredit(decision=decision, letters=letters)


def _word(
    judged: JudgedCase, answer: CreditAnswer, rules: ClientRules, customer_id: str, *, now: datetime
) -> CreditWord:
    case, found = judged.case, judged.recommendation
    limit = found.limit if answer.limit is None else answer.limit
    if limit is None:
        raise RuleError(
            "The rules recommend no amount, and none was given. Nothing was saved.",
            next_step="Say --limit AMOUNT; 0 declines.",
        )
    if not limit.is_finite() or limit < 0:
        raise RuleError("A limit is 0 or more. Nothing was saved.", next_step="Give another.")
    return CreditWord(
        customer_id=customer_id,
        outcome=_outcome(case, limit),
        credit_limit=limit,
        currency=_currency(case, found, answer),
        payment_terms=_terms(found, answer),
        requested=case.requested,
        subject_type=case.subject_type,
        country=case.country,
        is_automatic=False,
        author=answer.person.by,
        reason=answer.person.reason,
        evidence=evidence_of(case, found, judged.authority),
        basis=case.basis,
        rule_version=rules.policy_version,
        report_id=None if case.report is None else case.report.report_id,
        recommendation_id=judged.recommendation_id,
        stands_until=end_of_decision(
            now,
            valid_for_days=credit_of(rules).valid_for_days,
            report_ends=None if case.report is None else case.report.valid_until,
        ),
    )


def _outcome(case: CreditCase, limit: Decimal) -> Outcome:
    """Say what the amount means; a person who gives nothing to nobody's request declines."""
    return outcome_of(limit, case.requested)


def _currency(case: CreditCase, found: Recommendation, answer: CreditAnswer) -> str:
    currency = answer.currency or case.currency or found.currency
    if case.currency and currency != case.currency:
        raise RuleError(
            f"The customer asks in {case.currency}, and the limit is given in {currency}. Nothing "
            "was saved.",
            next_step=f"Give the limit in {case.currency}.",
        )
    if not currency:
        raise RuleError(
            "Nothing says in which currency the limit is. Nothing was saved.",
            next_step="Say --currency EUR.",
        )
    return currency


def _terms(found: Recommendation, answer: CreditAnswer) -> str:
    """Return the terms given; the recommended ones go with the recommended amount alone."""
    if answer.payment_terms:
        return answer.payment_terms.strip().upper()
    return found.payment_terms if answer.limit in {None, found.limit} else ""


def _tell(unit: Unit, word: CreditWord, decision_id: int, *, now: datetime) -> None:
    unit.audit.append(
        "credit.decided",
        actor=word.author,
        run_id=None,
        summary={
            "decision_id": decision_id,
            "customer_id": word.customer_id,
            "outcome": word.outcome.value,
            "basis": word.basis,
        },
        now=now,
    )
