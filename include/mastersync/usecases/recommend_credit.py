"""Recommending limits and terms by the client's rules, and accepting what they let be accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mastersync.domain.client_rules import ClientRules
from mastersync.domain.credit.assessment import CheckOutcome
from mastersync.domain.credit.case import CreditCase
from mastersync.domain.credit.deciding import AUTOMATIC, Authority, CreditWord, who_decides
from mastersync.domain.credit.evidence import evidence_of
from mastersync.domain.credit.policy import CreditPolicy
from mastersync.domain.credit.recommendation import (
    Outcome,
    Recommendation,
    TermsPolicy,
    covering_rule,
    recommend,
)
from mastersync.domain.credit.standing import credit_in_words, is_confirmed, still_answers
from mastersync.domain.records.arithmetic import NoResultError
from mastersync.domain.tickets.model import TicketDraft, TicketKind
from mastersync.ports.credit_decisions import HeldRecommendation, NewRecommendation
from mastersync.ports.store import Store, Unit
from mastersync.usecases.assess_credit import CheckedCustomer, assess_customers
from mastersync.usecases.credit_cases import KnownCase, gather_cases

_NO_REPORT_NEEDED = {CheckOutcome.REUSED, CheckOutcome.STOPPED}
_REFUSED = {CheckOutcome.REFUSED, CheckOutcome.DOUBTFUL}


@dataclass(frozen=True, kw_only=True)
class _Judged:
    """A case, what the rules make of it, and who decides."""

    known: KnownCase
    recommendation: Recommendation
    authority: Authority

    @property
    def customer_id(self) -> str:
        return self.known.case.customer_id

    def is_question(self, now: datetime) -> bool:
        """Say whether a person is to be asked."""
        before = self.known.decision
        return not self.authority.is_automatic and not (
            before is not None
            and before.stands(now)
            and is_confirmed(before, self.known.case, self.recommendation)
        )

    def settles(self, now: datetime) -> bool:
        """Say whether a question that was asked before needs no answer any more.

        That we wrote to the systems what was decided before answers none.
        """
        return self.authority.is_automatic or not (self.is_question(now) or self.known.is_written)


def recommend_credit(
    store: Store,
    rules: ClientRules,
    *,
    customer_ids: Sequence[str],
    run_id: str,
    now: datetime,
) -> dict[str, int]:
    """Recommend for each of these customers on whom all is in and nothing is decided; counts.

    What the rules let be accepted is decided at once; on everything else a person decides, who has
    a ticket for each customer. A decision answers until the report or what is asked for changes;
    a person's gives way to no automatic one while it stands. A customer without any waits, with
    all that is new of it, if the client's file says so.
    """
    policy, terms = rules.credit, rules.terms
    if policy is None or terms is None:
        return {}
    with store.begin() as unit:
        cases, answered = _cases(unit, rules, policy, terms, customer_ids=customer_ids, now=now)
        judged = [_judge(known, terms, now=now) for known in cases]
        kept = _keep(unit, judged, rules, now=now)
        accepted = [one for one in judged if one.authority.is_automatic]
        words = [
            _accepted(one, rules, recommendation_id=kept[one.customer_id], now=now)
            for one in accepted
        ]
        decided = unit.credit_decisions.decide(words, now=now)
        proposed = [one for one in judged if one.is_question(now)]
        settled = answered + [one.customer_id for one in judged if one.settles(now)]
        # What was asked of a person before is settled; versions leave the ticket when applied.
        subjects = [name for one in settled for name in (_subject(one), _question(one))]
        unit.tickets.clear(subjects, kinds=(TicketKind.CREDIT,), now=now)
        _ask(unit, proposed, rules, waits=terms.waits, now=now)
        if decided:
            unit.audit.append(
                "credit.accepted",
                actor=AUTOMATIC,
                run_id=run_id,
                summary={"decisions": sorted(decided.values()), "rules": rules.policy_version},
                now=now,
            )
    return {"recommended": len(judged), "accepted": len(decided), "undecided": len(proposed)}


def _cases(
    unit: Unit,
    rules: ClientRules,
    policy: CreditPolicy,
    terms: TermsPolicy,
    *,
    customer_ids: Sequence[str],
    now: datetime,
) -> tuple[list[KnownCase], list[str]]:
    """Return the cases that are ready and not decided on, and customers asked on as decided."""
    checked = assess_customers(unit, rules, policy, customer_ids=customer_ids, now=now)
    unplaced = unit.credit_reports.unplaced_orders([item.customer_id for item in checked])
    ready = {
        item.customer_id: item
        for item in checked
        if item.customer_id not in unplaced and _is_ready(item, policy)
    }
    open_cases: list[KnownCase] = []
    answered: list[str] = []
    for customer_id, known in gather_cases(unit, rules, customer_ids=list(ready), now=now).items():
        if known.decision is not None and still_answers(known.decision, known.case):
            if not known.is_written:
                answered.append(customer_id)
        elif not _goes_on_without(ready[customer_id], known.case, terms, now=now):
            open_cases.append(known)
    return open_cases, answered


def _judge(known: KnownCase, terms: TermsPolicy, *, now: datetime) -> _Judged:
    found = recommend(known.case, terms, now=now)
    return _Judged(
        known=known,
        recommendation=found,
        authority=who_decides(known.case, found, terms, before=known.decision, now=now),
    )


def _goes_on_without(
    item: CheckedCustomer, case: CreditCase, terms: TermsPolicy, *, now: datetime
) -> bool:
    """Say whether a customer goes on without a report, as the file says, and no rule is on it."""
    if case.report is not None or item.assessment.outcome is CheckOutcome.STOPPED:
        return False
    try:
        return covering_rule(case, terms, now=now) is None
    except NoResultError:
        return False


def _is_ready(item: CheckedCustomer, policy: CreditPolicy) -> bool:
    """Say whether nothing more is waited for: a report, or a person's word on the check."""
    outcome = item.assessment.outcome
    if outcome in _NO_REPORT_NEEDED:
        return True
    if outcome in _REFUSED:
        return not policy.waits_when_refused
    return item.assessment.allowed is not None and not policy.waits_when_unknown


def _keep(
    unit: Unit, judged: Sequence[_Judged], rules: ClientRules, *, now: datetime
) -> dict[str, int]:
    """Keep what is new; returns each customer's recommendation, kept now or before."""
    held = unit.credit_decisions.recommendations([one.customer_id for one in judged])
    new = [one for one in judged if not _says(held.get(one.customer_id), one, rules)]
    kept = unit.credit_decisions.recommend(
        [_fact(one) for one in new], rule_version=rules.policy_version, now=now
    )
    return {customer_id: one.recommendation_id for customer_id, one in held.items()} | kept


def _says(held: HeldRecommendation | None, one: _Judged, rules: ClientRules) -> bool:
    """Say whether this was recommended before, by the same rules and on the same basis."""
    found = one.recommendation
    return held is not None and (
        held.basis,
        held.rule_version,
        held.outcome,
        held.credit_limit,
        held.payment_terms,
    ) == (
        one.known.case.basis,
        rules.policy_version,
        found.outcome,
        found.limit,
        found.payment_terms,
    )


def _fact(one: _Judged) -> NewRecommendation:
    found = one.recommendation
    return NewRecommendation(
        customer_id=one.customer_id,
        outcome=found.outcome,
        credit_limit=found.limit,
        currency=found.currency,
        payment_terms=found.payment_terms,
        evidence=evidence_of(one.known.case, found, one.authority),
        basis=one.known.case.basis,
    )


def _accepted(
    one: _Judged, rules: ClientRules, *, recommendation_id: int, now: datetime
) -> CreditWord:
    case, found, before = one.known.case, one.recommendation, one.known.decision
    said = [reason.words for reason in found.reasons]
    if before is not None and not before.is_automatic:
        said.append(before.words(now))
    clauses = ", ".join(dict.fromkeys(one.clause for one in found.reasons if one.clause))
    limit = found.limit
    if limit is None:  # an open recommendation is never accepted
        raise AssertionError(case.customer_id)
    return CreditWord(
        customer_id=case.customer_id,
        outcome=Outcome.ACCEPTED,
        credit_limit=limit,
        currency=found.currency,
        payment_terms=found.payment_terms,
        requested=case.requested,
        subject_type=case.subject_type,
        country=case.country,
        is_automatic=True,
        author=AUTOMATIC,
        reason=f"Accepted by the client's rules, clause {clauses}. {' '.join(said)}",
        evidence=evidence_of(case, found, one.authority),
        basis=case.basis,
        rule_version=rules.policy_version,
        report_id=None if case.report is None else case.report.report_id,
        recommendation_id=recommendation_id,
    )


def ticket_cause(customer_id: str) -> str:
    """Return the cause of the ticket that asks for a decision on a customer."""
    return f"credit:decide:{customer_id}"


def _subject(customer_id: str) -> str:
    return f"credit:{customer_id}"


def _question(customer_id: str) -> str:
    """Return what a question is about that a check without outcome does not settle."""
    return f"credit:decision:{customer_id}"


def _ask(
    unit: Unit, proposed: Sequence[_Judged], rules: ClientRules, *, waits: bool, now: datetime
) -> None:
    """Ask a person about each customer; one without any decision waits, if the file says so."""
    waiting = {
        one.customer_id: one.known.version_ids
        for one in proposed
        if waits and one.known.decision is None
    }
    drafts = [_ticket(one, rules, waiting.get(one.customer_id, ())) for one in proposed]
    unit.tickets.ensure_all(drafts, now=now)
    causes = {
        version_id: ticket_cause(customer_id)
        for customer_id, version_ids in waiting.items()
        for version_id in version_ids
    }
    if causes:
        unit.records.wait(causes, waiting_for="approval", now=now)


_IN_WORDS = {
    Outcome.ACCEPTED: "to give what is asked for",
    Outcome.REDUCED: "to give less than is asked for",
    Outcome.DECLINED: "to decline",
    Outcome.OPEN: "nothing: no rule gives an amount",
}


def _in_words(one: _Judged) -> str:
    """Say what is recommended; with the amount where a person's decision has another."""
    found = one.recommendation
    if one.known.decision is None or found.limit is None:
        return _IN_WORDS[found.outcome]
    return credit_in_words(found.limit, found.currency, found.payment_terms)


def _ticket(one: _Judged, rules: ClientRules, waiting: Sequence[int]) -> TicketDraft:
    found, customer_id = one.recommendation, one.customer_id
    about = (_subject if one.known.decision is None else _question)(customer_id)
    return TicketDraft(
        cause_key=ticket_cause(customer_id),
        kind=TicketKind.CREDIT,
        title=f"Decide on the credit of {customer_id}",
        cause=f"The client's rules recommend {_in_words(one)}. A person decides: "
        f"{' '.join(one.authority.words)}",
        next_step=f"See the evidence: mastersync credit show {rules.client_id} {customer_id}. Then "
        f"decide: mastersync credit decide {rules.client_id} {customer_id} --recommended, or "
        "--limit AMOUNT --terms CODE; with --reason WHY.",
        subjects=(about, *(f"version:{version_id}" for version_id in waiting)),
        detail={
            "customer_id": customer_id,
            "recommended": found.outcome.value,
            "basis": one.known.case.basis,
        },
    )
